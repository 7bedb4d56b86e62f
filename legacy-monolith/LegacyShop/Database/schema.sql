-- The shop's schema as it has grown since 2009. Times are local time of the shop (Europe/Berlin), money is in cents.

create table products (
    prod_id     serial primary key,
    sku         varchar(20)  not null unique,
    name        varchar(200) not null,
    descr       text,
    price_cents integer      not null,
    currency    varchar(3)   not null default 'EUR',
    categories  varchar(400) not null default '',       -- comma list, 'garden,tools'
    weight_g    integer,
    active      char(1)      not null default 'Y',      -- 'Y' / 'N'
    deleted     char(1)      not null default 'N',      -- soft delete
    created     timestamp    not null,
    updated     timestamp    not null
);

create table product_images (
    img_id  serial primary key,
    prod_id integer      not null,
    pos     integer      not null,
    url     varchar(300) not null
);
create unique index product_images_prod on product_images (prod_id, img_id);

-- One row per product and warehouse. Nobody ever declared a primary key.
create table stock (
    prod_id integer   not null,
    wh      char(3)   not null,
    qty     integer   not null,
    changed timestamp not null
);
create unique index stock_prod_wh on stock (prod_id, wh);

-- Written by the nightly job; no key of any kind.
create table price_log (
    prod_id   integer   not null,
    old_cents integer   not null,
    new_cents integer   not null,
    changed   timestamp not null
);

create table customers (
    cust_id      serial primary key,
    full_name    varchar(120) not null,
    email        varchar(160) not null unique,
    pw_salt      varchar(32)  not null,
    pw_hash      varchar(64)  not null,
    phone        varchar(40),
    ship_street1 varchar(120),
    ship_street2 varchar(120),
    ship_street3 varchar(120),
    ship_zip     varchar(12),
    ship_city    varchar(80),
    ship_country varchar(2)   not null default 'DE',
    points       integer      not null default 0,
    vip          char(1)      not null default 'N',
    deleted      char(1)      not null default 'N',
    created      timestamp    not null
);

-- Wide on purpose: an order repeats what the customer looked like on the day.
create table orders (
    ord_id       serial primary key,
    ord_no       varchar(20)  not null unique,
    cust_id      integer      not null references customers,
    cust_name    varchar(120) not null,
    cust_email   varchar(160) not null,
    cust_phone   varchar(40),
    ship_street1 varchar(120),
    ship_street2 varchar(120),
    ship_street3 varchar(120),
    ship_zip     varchar(12),
    ship_city    varchar(80),
    ship_country varchar(2),
    status       char(1)      not null default 'N',     -- N new, P paid, S shipped, C cancelled, X returned
    total_cents  integer      not null,
    tax_cents    integer      not null,
    currency     varchar(3)   not null default 'EUR',
    note         text,
    created      timestamp    not null
);
create index orders_cust on orders (cust_id);

create table order_items (
    ord_id      integer      not null references orders,
    line_no     integer      not null,
    sku         varchar(20)  not null,
    name        varchar(200) not null,
    qty         integer      not null,
    price_cents integer      not null,
    primary key (ord_id, line_no)
);

create table sessions (
    sid     varchar(40) primary key,
    cust_id integer,
    created timestamp not null,
    seen    timestamp not null
);

create table carts (
    sid   varchar(40) not null,
    sku   varchar(20) not null,
    qty   integer     not null,
    added timestamp   not null,
    primary key (sid, sku)
);
