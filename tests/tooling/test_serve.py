"""The embedded start: what it says, what it refuses, and what it leaves alone."""

import json
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from migracidades import instance
from migracidades.management.commands import serve


@pytest.fixture
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_taken_port_is_refused_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            serve.refuse_taken_port(port)


def test_second_start_from_the_same_folder_is_refused(var_dir):
    with instance.only_one(), pytest.raises(instance.AlreadyRunning), instance.only_one():
        pass


def test_demo_is_not_thrown_away_under_an_open_portal(var_dir):
    with instance.only_one(), pytest.raises(CommandError, match="O portal está aberto"):
        call_command("prepare", anew=True)


@pytest.mark.django_db
def test_real_data_is_never_thrown_away(var_dir):
    get_user_model().objects.create_user(email="ana@canoas.example", password="uma frase bem comprida")
    (var_dir / "media").mkdir()
    with pytest.raises(CommandError):
        call_command("prepare", anew=True)
    assert (var_dir / "media").exists()


def test_sign_ins_are_a_table_in_plain_portuguese(var_dir):
    people = [
        {
            "role": "manager",
            "email": "ana@x.example",
            "password": "a-b",
            "government": "4304606",
            "department": "Saúde",
        },
        {"role": "coordinator", "email": "helena@y.example", "password": "c-d", "government": None, "department": None},
    ]
    instance.credentials_file().write_text(json.dumps(people))
    assert serve.table(instance.credentials()).splitlines() == [
        "  papel              e-mail            senha  governo e área",
        "  gestora ou gestor  ana@x.example     a-b    4304606, Saúde",
        "  coordenação        helena@y.example  c-d",
    ]


def test_prepared_once_is_prepared_until_something_changes(var_dir, settings, tmp_path, monkeypatch):
    settings.BASE_DIR = tmp_path / "clone"
    (settings.BASE_DIR / "requirements").mkdir(parents=True)
    lock = settings.BASE_DIR / "requirements" / "runtime.txt"
    lock.write_text("django==5.2")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(lock))  # any file will do
    assert not instance.is_prepared()
    instance.remember_prepared()
    assert instance.is_prepared()
    lock.write_text("django==5.2.1")
    assert not instance.is_prepared()
