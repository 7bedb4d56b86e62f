#!/usr/bin/env bash
# Finds PostgreSQL and installs it where that can be done without touching what is there. Sourced by ./strangler, whose say, die,
# root and data_folder it uses.

oldest_postgres=15

postgres_major() { # postgres_major FOLDER: 0 when it has no server
  local version
  [[ -x $1/postgres && -x $1/initdb ]] || { echo 0; return; }
  version=$("$1/postgres" --version 2>/dev/null | grep -oE '[0-9]+' | head -1) || true
  echo "${version:-0}"
}

has_postgres() {
  local folder folders
  if [[ -n ${STRANGLER_PG_BIN:-} ]]; then
    folders=("$STRANGLER_PG_BIN")
  else
    IFS=: read -ra folders <<<"$PATH"
    folders+=(/usr/lib/postgresql/*/bin)
  fi
  for folder in "${folders[@]}"; do
    (($(postgres_major "$folder") >= oldest_postgres)) && return
  done
  return 1
}

is_debian_like() { command -v apt-get >/dev/null && grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null; }

install_hint() {
  if is_debian_like; then echo "sudo ${root:?}/strangler setup"
  elif command -v dnf >/dev/null; then echo "sudo dnf install postgresql-server"
  elif command -v zypper >/dev/null; then echo "sudo zypper install postgresql-server"
  elif command -v pacman >/dev/null; then echo "sudo pacman -S postgresql"
  elif command -v apk >/dev/null; then echo "sudo apk add postgresql"
  else echo "see https://www.postgresql.org/download/"; fi
}

newest_postgres_package() {
  local major
  major=$(apt-cache search --names-only '^postgresql-[0-9]+$' | grep -oE '^postgresql-[0-9]+' | cut -d- -f2 | sort -n | tail -1)
  [[ -n $major ]] && ((major >= oldest_postgres)) && echo "postgresql-$major"
}

# Files of the system that the installation changes for a minute are put back by this, however it ends.
declare -A borrowed=()

borrow() { # borrow FILE: remembers how it is now
  if [[ -e $1 ]]; then cp -p "$1" "$1.strangler-keeps"; borrowed[$1]=kept; else borrowed[$1]=new; fi
}

give_back() {
  local file
  for file in "${!borrowed[@]}"; do
    if [[ ${borrowed[$file]} == kept ]]; then mv -f "$file.strangler-keeps" "$file"; else rm -f "$file"; fi
  done
  borrowed=()
}

apt_install() { # apt_install PACKAGE
  local log
  log=$(data_folder)/apt.log
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$1" \
    >"$log" 2>&1 || die "apt-get could not install $1; its log: $log"
}

# Debian's packages would make a cluster and start it; neither is ours to do.
install_postgres() {
  local package common=/etc/postgresql-common/createcluster.conf policy=/usr/sbin/policy-rc.d
  package=$(newest_postgres_package) || { apt-get update -qq >&2 && package=$(newest_postgres_package); } ||
    die "this release has no PostgreSQL $oldest_postgres or newer; see https://www.postgresql.org/download/ or set STRANGLER_PG_BIN"
  say "PostgreSQL $oldest_postgres+ was not found: installing $package with apt-get (no cluster is made, no service started)"
  trap give_back EXIT
  borrow "$policy"
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  apt_install postgresql-common
  borrow "$common"
  printf 'create_main_cluster = false\n' >>"$common"
  apt_install "$package"
  give_back
  trap - EXIT
}

need_postgres() {
  has_postgres && return
  [[ -z ${STRANGLER_PG_BIN:-} ]] || die "STRANGLER_PG_BIN=$STRANGLER_PG_BIN holds no PostgreSQL $oldest_postgres or newer"
  if [[ $(id -u) == 0 ]] && is_debian_like; then install_postgres; else
    die "PostgreSQL $oldest_postgres or newer is needed (STRANGLER_PG_BIN can name its bin folder). Install it with: $(install_hint)"
  fi
}
