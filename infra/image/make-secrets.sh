#!/bin/sh
# Makes what is missing of the secrets that the containers of compose.yaml share; run again, it changes nothing.
set -eu
cd "${1:-/run/outcry}"
random() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
word() { random | tr '+/' '-_' | tr -d '='; }
keep() { [ -s "$1" ] || { cat >"$1.new" && chmod 0444 "$1.new" && mv "$1.new" "$1"; }; }

word | keep postgres-password
word | keep reader-password
word | keep grafana-password
word | keep scrape-token
word | keep admin-token
printf 'whsec_%s' "$(random)" | keep push-secret
printf 'postgres://outcry:%s@postgres:5432/outcry' "$(cat postgres-password)" | keep database-url
