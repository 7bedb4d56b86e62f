create schema if not exists catalog;

create table catalog.product (
    id             uuid primary key,
    number         integer        not null unique,
    sku            text           not null unique,
    name           text           not null,
    description    text,
    price          numeric(12, 2) not null,
    currency       text           not null,
    weight_grams   integer,
    status         text           not null check (status in ('active', 'discontinued', 'removed')),
    available      integer        not null,
    search_text    text           not null,
    created_at     timestamptz    not null,
    updated_at     timestamptz    not null
);
create index product_name on catalog.product (name collate "C", number) where status = 'active';
create index product_sku on catalog.product (sku);

create table catalog.category (
    slug text primary key,
    name text not null
);

create table catalog.product_category (
    product_id uuid not null references catalog.product on delete cascade,
    slug       text not null references catalog.category,
    primary key (product_id, slug)
);
create index product_category_slug on catalog.product_category (slug);

create table catalog.product_image (
    product_id uuid    not null references catalog.product on delete cascade,
    position   integer not null,
    url        text    not null,
    primary key (product_id, position)
);
