"""What operators copy from: it must parse and must name commands and modules that exist."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = {"release", "web", "worker", "beat"}


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def procfile():
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def test_procfile_names_the_four_processes():
    assert set(procfile()) == PROCESSES


def test_compose_holds_every_part():
    services = compose()["services"]
    assert set(services) >= PROCESSES | {"db", "redis", "storage", "proxy"}
    assert all({"image", "build"} & set(service) for service in services.values())


def test_compose_waits_only_for_services_it_has():
    services = compose()["services"]
    awaited = {name for service in services.values() for name in service.get("depends_on", ())}
    assert awaited <= set(services)


def test_example_environment_holds_every_value_compose_asks_for():
    text = (ROOT / "docker-compose.yml").read_text()
    asked = {part.split("}")[0].split(":")[0] for part in text.split("${")[1:]}
    given = {line.split("=")[0] for line in (ROOT / "docker/example.env").read_text().splitlines() if "=" in line}
    assert asked <= given


def test_procfile_and_compose_start_the_same():
    for name in ("web", "beat"):
        assert compose()["services"][name]["command"][:3] == procfile()[name].split()[:3]


@pytest.mark.parametrize("script", ["requirements/install", ".ci/run", "docker/release"])
def test_script_is_executable_and_parses(script):
    path = ROOT / script
    shell = path.read_text().splitlines()[0].removeprefix("#!")
    assert os.access(path, os.X_OK)
    assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0


def test_makefile_has_the_words_of_the_house():
    for word in ("setup", "run", "test", "check", "fix", "bench", "demo-reset"):
        told = subprocess.run(["make", "-n", word], cwd=ROOT, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("lock", ["runtime", "dev", "s3"])
def test_lock_holds_hashes_and_names_no_place(lock):
    text = (ROOT / f"requirements/{lock}.txt").read_text()
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert pins
    assert all(line.endswith("\\") for line in pins)
    assert "http" not in text
    assert "file:" not in text
