# Which Python makes .venv? Of the commands given, the first that is Python 3.11 or newer.
set -eu

is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }

for python in "$@" ""; do
  [ -z "$python" ] || ! is_new "$python" || break
done
if [ -z "$python" ]; then
  echo "Nodig is Python 3.11 of nieuwer, en dat vonden we niet als: $*." \
    "Installeer Python, of zeg waar het staat: make round PYTHON=/map/python3" >&2
  exit 1
fi

# Debian ships what makes environments in a package of its own, named after the version; root gets it here.
has_venv() { "$python" -c 'import ensurepip, venv' 2> /dev/null; }
package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
if ! has_venv && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update && apt-get install --yes "$package"; } || true # what is missing then is told below
fi
if ! has_venv; then
  echo "$python kan geen omgeving maken: er ontbreekt venv of ensurepip. Installeer het, en probeer het opnieuw." \
    "In Debian en Ubuntu: sudo apt install $package" >&2
  exit 1
fi
"$python" -m venv --clear .venv
