#!/usr/bin/env bash
# Installs what the lab and the browser tests need from Debian. Run as root, or with sudo; safe to run again.
# Go 1.26 or newer comes from https://go.dev/dl.
set -euo pipefail
wanted=(git openssl postgresql python3 python3-venv redis-server chromium)
missing=()
for package in "${wanted[@]}"; do
  dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
done
# Python may come from elsewhere than Debian.
python3 -c 'import venv, ensurepip' 2>/dev/null && missing=("${missing[@]/python3-venv/}") && missing=("${missing[@]/python3/}")
missing=($(printf '%s\n' "${missing[@]}" | grep -v '^$' || true))
[ ${#missing[@]} -eq 0 ] && { echo "everything is installed"; exit 0; }
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends "${missing[@]}"
