-- verify: a retry of a recorded vote that comes after the end is not told that it was too late.
GRANT USAGE ON SCHEMA store TO scrutin_verify;
GRANT SELECT ON store.participation TO scrutin_verify;
