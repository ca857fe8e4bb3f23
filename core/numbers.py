"""How a number is written for people."""

from django.utils.formats import number_format


def grouped(number):
    """«5.597»"""
    return number_format(number, force_grouping=True)
