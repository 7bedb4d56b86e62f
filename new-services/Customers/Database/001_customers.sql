create schema if not exists customers;

create table customers.customer (
    id         uuid primary key,
    number     integer     not null unique,
    first_name text,
    last_name  text        not null,
    email      text        not null,
    phone      text,
    points     integer     not null,
    vip        boolean     not null,
    status     text        not null check (status in ('active', 'removed')),
    created_at timestamptz not null
);

create table customers.address (
    customer_id uuid not null references customers.customer on delete cascade,
    kind        text not null check (kind in ('shipping')),
    zip         text,
    city        text,
    country     text not null,
    primary key (customer_id, kind)
);

create table customers.address_line (
    customer_id uuid    not null,
    kind        text    not null,
    position    integer not null check (position between 1 and 3),
    line        text    not null,
    primary key (customer_id, kind, position),
    foreign key (customer_id, kind) references customers.address on delete cascade
);

-- Who is logged in: the SHA-256 of a session's cookie, never the cookie. No reference to the customer, who may arrive later.
create table customers.session (
    digest          bytea primary key,
    customer_number integer not null
);
