"""Rules that hold for every shipped check."""

import inspect

import pytest


def of_every_check(rule):
    """One test of a rule over all checks, that names each one that breaks it.

    There are hundreds of checks, and a test of its own for each rule and check takes longer to collect than to run. The
    rule's first parameter is ``check`` or ``check_file``, others are fixtures.
    """
    first, *others = inspect.signature(rule).parameters

    def test(check_files, request):
        given = {name: request.getfixturevalue(name) for name in others}
        broken = {}
        for name, file in check_files.items():
            try:
                assert file.compiled is not None, [str(problem) for problem in file.problems]
                rule(file if first == "check_file" else file.compiled.check, **given)
            except AssertionError as failure:
                broken[name] = str(failure)
        if broken:
            pytest.fail("\n".join(f"{name}: {why}" for name, why in broken.items()), pytrace=False)

    test.__doc__ = rule.__doc__
    return test
