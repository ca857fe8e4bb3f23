"""What a page tells machines of its subject, in the words of schema.org."""

from certification.seal.domain import Verdict
from core.links import absolute
from governments.models import GovernmentKind

PLACES = {
    GovernmentKind.MUNICIPALITY: "City",
    GovernmentKind.STATE: "State",
    GovernmentKind.FEDERAL_DISTRICT: "State",
    GovernmentKind.STATE_DISTRICT: "AdministrativeArea",
}


def government_ld(government, seals):
    """A GovernmentOrganization with its official code and the seals in force."""
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": government.name,
        "url": absolute(government.get_absolute_url()),
        "identifier": {"@type": "PropertyValue", "propertyID": "IBGE", "value": government.ibge_code},
        "areaServed": {
            "@type": PLACES[government.kind],
            "name": government.name,
            "address": {"@type": "PostalAddress", "addressRegion": government.uf, "addressCountry": "BR"},
        },
    }
    held = [_credential(row) for row in seals if row["verdict"] == Verdict.VALID]
    return data | ({"hasCredential": held} if held else {})


def _credential(row):
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": "certification",
        "name": f"MigraCidades {row['year']}",
        "identifier": row["seal"].code,
        "url": absolute(row["seal"].get_absolute_url()),
        "recognizedBy": {"@type": "Organization", "name": "MigraCidades"},
    }
