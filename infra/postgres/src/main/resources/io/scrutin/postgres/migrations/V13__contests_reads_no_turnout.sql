-- contests certifies by the books that reconcile's role reads; it has no use for audit's counts.
REVOKE SELECT ON audit.turnout FROM scrutin_contests;
