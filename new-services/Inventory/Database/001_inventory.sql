create schema if not exists inventory;

create table inventory.item (
    id     uuid primary key,
    number integer not null unique,
    sku    text    not null,
    status text    not null check (status in ('active', 'removed'))
);
-- Not unique: while another system owns the items, two may exchange their SKUs and arrive here one after the other.
create index item_sku on inventory.item (sku);

create table inventory.level (
    item_id    uuid        not null references inventory.item on delete cascade,
    warehouse  text        not null,
    quantity   integer     not null,
    changed_at timestamptz not null,
    primary key (item_id, warehouse)
);
