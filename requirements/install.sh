#!/bin/sh
# install.sh app|dev: put what requirements/NAME.txt pins into .venv, every hash checked.
#
# Does nothing when nothing changed: .venv keeps a copy of the list it was made from.
# `dev` holds all of `app`, so where dev once was installed, app means dev: `make test`
# and `make demo` never undo each other. Needs Python 3.11 or later and its venv module.
set -eu
cd "$(dirname "$0")/.."

list=${1:?app or dev}
venv=.venv
[ ! -e $venv/installed-dev.txt ] || list=dev
wanted=requirements/$list.txt
installed=$venv/installed-$list.txt

# A .venv whose Python was upgraded away is made again.
if cmp -s $wanted $installed && $venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if new_enough "$name"; then python=$name; break; fi
done
[ -n "$python" ] || stop "Second Wind needs Python 3.11 or later, and here ${PYTHON:-python3} is \
$("${PYTHON:-python3}" --version 2>&1 || true). Name another one: make PYTHON=/path/to/python …"

if ! $venv/bin/python -m pip --version >/dev/null 2>&1 || ! new_enough $venv/bin/python; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop "$python cannot make a virtual \
environment. On Debian and Ubuntu the package is missing: apt-get install python3-venv"
    "$python" -m venv --clear $venv >&2 || stop "$python could not make $PWD/$venv; see above."
fi

# Certificates are the machine's own, as pip's are. Caches go where they always are; without a home that can be written to, there are none.
if [ ! -w "${HOME:-}" ] && [ -z "${XDG_CACHE_HOME:-}" ]; then
    PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
    export PIP_NO_CACHE_DIR UV_NO_CACHE
fi

export UV_SYSTEM_CERTS=1

say "Installing requirements/$list.txt into $venv, every hash checked …"
rm -f $venv/installed-*.txt
pip() { $venv/bin/python -m pip --quiet --disable-pip-version-check --no-input "$@"; }

if pip install --require-hashes --only-binary :all: -r requirements/uv.txt 2>/dev/null &&
    $venv/bin/uv pip sync --quiet --python $venv/bin/python --require-hashes \
        --compile-bytecode $wanted
then :
else
    say "uv could not install it; pip does, and takes longer."
    pip install --require-hashes -r $wanted
fi
cp $wanted $installed
