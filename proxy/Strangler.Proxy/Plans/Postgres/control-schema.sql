-- The control store of the Strangler edges. Run it as the owner of the database; running it again changes nothing.
-- The edges' own role is {edge}: it can read everything, add plans and audit lines, and neither change nor delete one.
SELECT pg_advisory_xact_lock(7310305699823870305);

CREATE SCHEMA IF NOT EXISTS strangler;

CREATE TABLE IF NOT EXISTS strangler.plan (
    number   bigint      PRIMARY KEY CHECK (number > 0),
    checksum text        NOT NULL,
    document text        NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS strangler.audit (
    seq  bigint PRIMARY KEY CHECK (seq > 0),
    line text   NOT NULL
);

CREATE TABLE IF NOT EXISTS strangler.edge (
    name           text        PRIMARY KEY,
    plan           bigint      NOT NULL,
    oldest_plan    bigint      NOT NULL,
    on_older_plans bigint      NOT NULL,
    refused        text,
    overrides      text[]      NOT NULL,
    seen_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);

ALTER TABLE strangler.edge ADD COLUMN IF NOT EXISTS breakers text NOT NULL DEFAULT '[]';

-- What the shadow of all edges has counted and found. Nothing here is needed to serve: it is evidence, it ages, and edges may delete it.
CREATE TABLE IF NOT EXISTS strangler.shadow_writer (
    writer  uuid        PRIMARY KEY,
    batch   bigint      NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS strangler.shadow_evidence (
    writer     uuid        NOT NULL,
    capability text        NOT NULL,
    document   text        NOT NULL,
    counted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (writer, capability)
);

CREATE TABLE IF NOT EXISTS strangler.shadow_group (
    capability  text        NOT NULL,
    fingerprint text        NOT NULL,
    weight      bigint      NOT NULL,
    last_seen   timestamptz NOT NULL,
    document    text        NOT NULL,
    PRIMARY KEY (capability, fingerprint)
);

-- With the rights of the owner, because an edge may delete no plan but the oldest of too many.
CREATE OR REPLACE FUNCTION strangler.prune() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM strangler.plan WHERE number IN (SELECT number FROM strangler.plan ORDER BY number DESC OFFSET 1000)
$$;

REVOKE ALL ON SCHEMA strangler FROM PUBLIC;
REVOKE ALL ON FUNCTION strangler.prune() FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA strangler FROM {edge};
GRANT USAGE ON SCHEMA strangler TO {edge};
GRANT SELECT, INSERT ON strangler.plan, strangler.audit TO {edge};
GRANT SELECT, INSERT, UPDATE, DELETE ON strangler.edge TO {edge};
GRANT SELECT, INSERT, UPDATE, DELETE ON strangler.shadow_writer, strangler.shadow_evidence, strangler.shadow_group TO {edge};
GRANT EXECUTE ON FUNCTION strangler.prune() TO {edge};
