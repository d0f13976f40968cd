# Which Python makes .venv? Of the commands given, the first that is Python 3.11 or newer and has what it takes; where
# none has that, the first that is new enough.
set -eu

is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2> /dev/null; }

python=""
for one in "$@"; do
  is_new "$one" || continue
  [ -n "$python" ] || python=$one
  ! has_venv "$one" || { python=$one && break; }
done
if [ -z "$python" ]; then
  echo "Nodig is Python 3.11 of nieuwer, en dat vonden we niet als: $*." \
    "Installeer Python, of zeg waar het staat: make round PYTHON=/map/python3" >&2
  exit 1
fi

# Debian ships what makes environments in a package of its own, named after the version; root gets it here.
package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
if ! has_venv "$python" && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update && apt-get install --yes "$package"; } || true # what is missing then is told below
fi
if ! has_venv "$python"; then
  echo "$python kan geen omgeving maken: er ontbreekt venv of ensurepip. Installeer het, en probeer het opnieuw." \
    "In Debian en Ubuntu: sudo apt install $package" >&2
  exit 1
fi
"$python" -m venv --clear .venv
