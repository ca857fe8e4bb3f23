# The words of the house. `make run` is all a newcomer needs.
.POSIX:
.PHONY: help setup run test check fix bench demo-reset messages

PYTHON = .venv/bin/python

help:
	@echo "make run         set up what is missing and open the portal with its demo"
	@echo "make demo-reset  start the demo anew"
	@echo "make test        the whole suite, on every engine that answers"
	@echo "make check       lint, types, import layers, migrations, deployment checks"
	@echo "make fix         mend what the linters can mend"
	@echo "make bench       speed, as ratios"
	@echo "make messages    gather the sentences to translate into locale/"
	@echo "make setup       the development environment only"

setup:
	@requirements/install dev

run:
	@requirements/install runtime
	@$(PYTHON) manage.py prepare
	@exec $(PYTHON) manage.py serve

demo-reset:
	@requirements/install runtime
	@$(PYTHON) manage.py prepare --anew

test: setup
	@$(PYTHON) tests

check: setup
	@$(PYTHON) tests/check.py

fix: setup
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: setup
	@$(PYTHON) -m bench

# Sorted by sentence and without places or dates, so that a change of text is all that a diff shows.
messages: setup
	@$(PYTHON) manage.py makemessages --locale en --locale es --no-location --no-wrap --no-obsolete \
		--ignore .venv --ignore var --ignore tests --ignore bench --ignore docs
	@for catalogue in locale/en/LC_MESSAGES/django.po locale/es/LC_MESSAGES/django.po; do \
		msgattrib --sort-output --no-wrap $$catalogue | sed '/^"POT-Creation-Date/d' > $$catalogue.new && mv $$catalogue.new $$catalogue; \
	done
