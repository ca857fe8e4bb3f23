"""A thousand credentials nobody gave, made from a seed: each is a genuine one changed in one of the ways people try."""

import base64
import json
import random

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certification.seal import keys
from certification.seal.keys import b64url

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def b64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def packed(thing):
    return b64url(json.dumps(thing, separators=(",", ":")).encode())


def forged(tokens, key, others, *, number, seed):
    """`number` forgeries of genuine `tokens`. key: the SigningKey in use; others: kids of keys that retired and of one that leaked."""
    luck, mine = random.Random(seed), Ed25519PrivateKey.generate()
    ways = [way(luck, mine, tokens, key, others) for way in WAYS]
    return [(way.__name__, way(luck.choice(tokens))) for way in (ways[turn % len(ways)] for turn in range(number))]


def noisy(luck, part, **claims):
    """Claims with a word of their own, so that a way with few choices does not make the same forgery again and again."""
    return (
        json.loads(b64(part))
        | {"name": f"Selo MigraCidades {luck.randrange(2001, 2040)}: Cidade {luck.randrange(9999)}"}
        | claims
    )


def in_parts(change):
    """A way of forging that changes the three parts of one token: change(luck, mine, tokens, key, others, [header, claims, signature]) -> text."""

    def way(luck, mine, tokens, key, others):
        def forge(token):
            return change(luck, mine, tokens, key, others, token.split("."))

        forge.__name__ = change.__name__
        return forge

    return way


def one_bit(luck, part):
    data = bytearray(b64(part))
    data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
    return b64url(bytes(data))


def edited(part, **claims):
    return packed(json.loads(b64(part)) | claims)


def signature_bit(luck, mine, tokens, key, others, parts):
    return ".".join([parts[0], parts[1], one_bit(luck, parts[2])])


def same_signature_spelt_otherwise(luck, mine, tokens, key, others, parts):
    last = ALPHABET.index(parts[2][-1])
    # The last sign of 64 bytes carries two bits; the four below are not read.
    other = ALPHABET[(last & 0b110000) | luck.choice([n for n in range(16) if n != last & 0b1111])]
    return ".".join([parts[0], parts[1], parts[2][:-1] + other])


def claims_bit(luck, mine, tokens, key, others, parts):
    return ".".join([parts[0], one_bit(luck, parts[1]), parts[2]])


def header_bit(luck, mine, tokens, key, others, parts):
    return ".".join([one_bit(luck, parts[0]), parts[1], parts[2]])


def one_sign(luck, mine, tokens, key, others, parts):
    text = ".".join(parts)
    place = luck.randrange(len(text))
    return text[:place] + luck.choice(ALPHABET.replace(text[place], "")) + text[place + 1 :]


def other_recipient(luck, mine, tokens, key, others, parts):
    claims = json.loads(b64(parts[1]))
    claims["credentialSubject"]["identifier"][0]["identityHash"] = str(luck.randrange(1100000, 5300000))
    claims["sub"] = claims["credentialSubject"]["id"] = f"{claims['iss']}/governos/{luck.randrange(1100000, 5300000)}/"
    return ".".join([parts[0], packed(claims), parts[2]])


def longer_life(luck, mine, tokens, key, others, parts):
    end = luck.randrange(1_900_000_000, 2_400_000_000)
    return ".".join([parts[0], edited(parts[1], exp=end), parts[2]])


def other_code(luck, mine, tokens, key, others, parts):
    stranger = json.loads(b64(luck.choice(tokens).split(".")[1]))["id"]
    return ".".join([parts[0], edited(parts[1], id=stranger, jti=f"{stranger}x"), parts[2]])


def signature_of_another(luck, mine, tokens, key, others, parts):
    stranger = luck.choice([token for token in tokens if not token.endswith(parts[2])])
    return ".".join([edited(parts[0], x=luck.randrange(9999)), parts[1], stranger.split(".")[2]])


def no_algorithm(luck, mine, tokens, key, others, parts):
    alg = luck.choice(["none", "None", "NONE", "nOnE"])
    return ".".join([edited(parts[0], alg=alg), packed(noisy(luck, parts[1])), luck.choice(["", parts[2]])])


def public_key_as_secret(luck, mine, tokens, key, others, parts):
    algorithm = luck.choice(["HS256", "HS512"])
    return jwt.encode(noisy(luck, parts[1]), key.x * 2, algorithm=algorithm, headers={"kid": key.kid})


def own_key_with_our_name(luck, mine, tokens, key, others, parts):
    return jwt.encode(noisy(luck, parts[1]), mine, algorithm="EdDSA", headers={"kid": key.kid})


def own_key_shown_inside(luck, mine, tokens, key, others, parts):
    shown = {"kty": "OKP", "crv": "Ed25519", "x": b64url(mine.public_key().public_bytes_raw())}
    headers = {"jwk": shown} | luck.choice(
        [{}, {"kid": key.kid}, {"jku": "https://selo.example/keys.json", "kid": "1"}]
    )
    return jwt.encode(noisy(luck, parts[1]), mine, algorithm="EdDSA", headers=headers)


def other_issuer(luck, mine, tokens, key, others, parts):
    home = f"https://selo{luck.randrange(99)}.example"
    claims = json.loads(b64(parts[1]).decode().replace(json.loads(b64(parts[1]))["iss"], home))
    return jwt.encode(claims, mine, algorithm="EdDSA", headers={"kid": f"{home}/selos/chaves/1.json"})


def swapped_key(luck, mine, tokens, key, others, parts):
    header = edited(parts[0], kid=luck.choice(others), x=luck.randrange(9999))
    return ".".join([header, parts[1], parts[2]])


def another_sort_of_statement(luck, mine, tokens, key, others, parts):
    claims = json.loads(b64(parts[1])) | {"state": "valid", "iat": luck.randrange(10**9)}
    return keys.sign(claims, key, kind=luck.choice(["seal-status+jwt", "vc+jwt", "at+jwt"]))


def stolen_key(luck, mine, tokens, key, others, parts):
    """Signed with the very key, but never given: only asking the portal tells."""
    return keys.sign(noisy(luck, parts[1]), key)


def stolen_key_other_issuer(luck, mine, tokens, key, others, parts):
    return keys.sign(noisy(luck, parts[1], iss=f"https://selo{luck.randrange(99)}.example"), key)


def parts_missing(luck, mine, tokens, key, others, parts):
    claims = packed(noisy(luck, parts[1]))
    return luck.choice([f"{parts[0]}.{claims}", ".".join([*parts, claims]), parts[0] + claims, claims])


def signature_cut(luck, mine, tokens, key, others, parts):
    return ".".join([parts[0], parts[1], parts[2][: luck.randrange(len(parts[2]))]])


WAYS = [
    in_parts(change)
    for change in (
        signature_bit,
        same_signature_spelt_otherwise,
        claims_bit,
        header_bit,
        one_sign,
        other_recipient,
        longer_life,
        other_code,
        signature_of_another,
        no_algorithm,
        public_key_as_secret,
        own_key_with_our_name,
        own_key_shown_inside,
        other_issuer,
        swapped_key,
        another_sort_of_statement,
        stolen_key,
        stolen_key_other_issuer,
        parts_missing,
        signature_cut,
    )
]
