#!/bin/sh
# ./prepare.sh DOMAIN [ADMIN_EMAIL]: makes every secret of compose.yaml once, below secrets/, and .env. What is there is left as it is.
set -eu
umask 077
cd "$(dirname "$0")"
domain=${1:?the name that people open, such as models.example.org}
admin=${2:-admin@$domain}

mkdir -p secrets
random() { openssl rand -hex "$1"; }
keep() { [ -e "secrets/$1" ] || printf '%s\n' "$2" > "secrets/$1"; }

keep paddock "$(random 32)"
keep ledger-key "$(random 32)"
keep metrics "$(random 24)"
keep postgres "$(random 24)"
keep admin-password "$(random 12)"
if [ ! -e secrets/roles.sql ]; then
  owner=$(random 24) server=$(random 24)
  keep database "postgresql://paddock_server:$server@postgres:5432/paddock"
  keep database-owner "postgresql://paddock_owner:$owner@postgres:5432/paddock"
  # The owner migrates; the server's role gets what it may do from each migration.
  keep roles.sql "CREATE ROLE paddock_owner LOGIN PASSWORD '$owner';
CREATE ROLE paddock_server LOGIN PASSWORD '$server';
ALTER DATABASE paddock OWNER TO paddock_owner;
REVOKE ALL ON DATABASE paddock FROM PUBLIC;
GRANT CONNECT ON DATABASE paddock TO paddock_server;"
fi
keep s3 "$(random 32)"
if [ ! -e .env ]; then
  key=GK$(random 16)
  printf '%s\n' 'PADDOCK_IMAGE=localhost/paddock:1' "PADDOCK_DOMAIN=$domain" "PADDOCK_ADMIN_EMAIL=$admin" "PADDOCK_S3_ACCESS_KEY_ID=$key" > .env
fi
keep garage.env "GARAGE_RPC_SECRET=$(random 32)
GARAGE_DEFAULT_ACCESS_KEY=$(sed -n 's/^PADDOCK_S3_ACCESS_KEY_ID=//p' .env)
GARAGE_DEFAULT_SECRET_KEY=$(cat secrets/s3)
GARAGE_DEFAULT_BUCKET=weights"
# A trial without a certificate; put a real one in its place for more.
if [ ! -e secrets/tls.key ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=$domain" -addext "subjectAltName=DNS:$domain,DNS:s3.$domain" \
    -keyout secrets/tls.key -out secrets/tls.crt 2> /dev/null
fi
# Each is its reader's alone: of the portal, PostgreSQL and nginx, by the users that they are in their images. Whoever is not root
# cannot give files away, and keeps everybody else out by the folder.
chmod 700 secrets
if [ "$(id -u)" = 0 ]; then
  chmod 400 secrets/*
  (cd secrets && chown 10001 paddock ledger-key metrics database database-owner s3 admin-password)
  chown 999 secrets/postgres secrets/roles.sql
  chown 101 secrets/tls.key
  chmod 444 secrets/tls.crt
else
  chmod 444 secrets/*
fi
echo "secrets/ and .env are made for https://$domain; the administrator is $admin, with the password in secrets/admin-password"
