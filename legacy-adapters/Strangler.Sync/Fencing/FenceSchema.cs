namespace Strangler.Sync.Fencing;

/// <summary>
/// The fence in a PostgreSQL store, in the schema <c>strangler</c>: triggers that refuse every write and are switched by DDL. A flag that a trigger
/// reads would be blind in a transaction with an old snapshot; DDL is not, and it waits for writers that are at it.
/// </summary>
internal static class FenceSchema
{
    /// <summary>The SQLSTATE of a refused write.</summary>
    public const string Refused = "SF001";

    /// <summary>The SQLSTATE of an epoch that does not fit.</summary>
    public const string WrongEpoch = "SF002";

    /// <summary>The SQLSTATE when a capability, or a table of it, has no fence.</summary>
    public const string NoFence = "SF003";

    /// <summary>The prefix of the barrier: a message in the log whose content is JSON with <c>capability</c>, <c>epoch</c> and <c>raised</c>.</summary>
    public const string Barrier = "strangler.fence";

    /// <summary>Who is fenced. The adapters may read it; it is written by <see cref="SetFence"/> only.</summary>
    public const string Table = "strangler.fence";

    /// <summary>The function that raises and lowers, with its owner's rights.</summary>
    public const string SetFence = "strangler.set_fence(text, bigint, boolean)";

    /// <summary>Makes the table.</summary>
    public const string CreateTable = $"""
        create table {Table} (
            capability text primary key, epoch bigint not null default 0, raised boolean not null default false,
            tables text[] not null, changed timestamptz not null default now())
        """;

    // What foreign keys and other triggers run is refused when it touches a row, not before: without rows it is none of ours.
    private const string RefuseWrite = $"""

        begin
            if session_user = tg_argv[1] or (tg_level = 'STATEMENT' and tg_op <> 'TRUNCATE' and pg_trigger_depth() > 1) then
                return null;
            end if;
            raise exception using errcode = '{Refused}', message = format(
                '%s of %I.%I is refused: the data of the capability %s is being handed over or belongs to the other side; send it through the edge and try again.',
                tg_op, tg_table_schema, tg_table_name, tg_argv[0]);
        end

        """;

    private const string FenceTables = """

            select distinct tgrelid::regclass from pg_trigger
            where tgfoid = 'strangler.refuse_write'::regproc and tgname in ('strangler_fence_row_' || wanted, 'strangler_fence_stmt_' || wanted)

        """;

    private const string FenceGaps = """

            with recursive member (oid, name) as (
                select to_regclass(t)::oid, t from strangler.fence f, unnest(f.tables) t where f.capability = wanted
                union select i.inhrelid, i.inhrelid::regclass::text from pg_inherits i join member m on i.inhparent = m.oid)
            select m.name from member m
            where 2 > (select count(*) from pg_trigger t where t.tgrelid = m.oid and t.tgfoid = 'strangler.refuse_write'::regproc
                       and t.tgname in ('strangler_fence_row_' || wanted, 'strangler_fence_stmt_' || wanted))

        """;

    // Of sessions of other roles only a superuser, or who has pg_read_all_stats, sees more than the pid.
    private const string FenceBlocker = """

            select case
                when p.gid is not null then format('the prepared transaction %L holds %s and is %s s old; commit it or roll it back',
                    p.gid, l.mode, round(extract(epoch from clock_timestamp() - p.prepared), 1))
                else format('the session with pid %s%s %s %s%s; let it end or run select pg_terminate_backend(%s)',
                    l.pid, ' (' || a.state || ')', case when l.granted then 'holds' else 'waits for' end, l.mode,
                    coalesce(', and its transaction is ' || round(extract(epoch from clock_timestamp() - a.xact_start), 1) || ' s old',
                        case l.mode when 'ShareUpdateExclusiveLock' then ', as a vacuum does' end), l.pid)
                end
            from pg_locks l left join pg_stat_activity a on a.pid = l.pid
            left join pg_prepared_xacts p on l.pid is null and l.virtualtransaction = '-1/' || p.transaction
            where l.relation = wanted and l.database = (select oid from pg_database where datname = current_database())
              and l.pid is distinct from pg_backend_pid() and l.mode not in ('AccessShareLock', 'RowShareLock')
              and (l.granted or l.mode = 'AccessExclusiveLock')
            order by l.granted desc, a.xact_start nulls last limit 1

        """;

    private const string SetFenceBody = $$"""

        declare
            known strangler.fence;
            until timestamptz := clock_timestamp() + interval '300 ms';
            t regclass;
            gap text;
            change record;
        begin
            begin
                perform set_config('lock_timeout', '300ms', true);
                select * into known from strangler.fence where capability = wanted for update;
                if not found then
                    raise exception using errcode = '{{NoFence}}',
                        message = format('There is no fence for the capability %s: run install with Sync:Fence = true.', wanted);
                end if;
                if known.epoch = next and known.raised = up then
                    return false;
                end if;
                if (known.raised and (up or next <> known.epoch)) or (not known.raised and next <= known.epoch) then
                    raise exception using errcode = '{{WrongEpoch}}', message = case when known.raised
                        then format('The fence of %s cannot be %s with epoch %s, as it is raised with epoch %s: lower it with epoch %s first.',
                            wanted, case when up then 'raised' else 'lowered' end, next, known.epoch, known.epoch)
                        else format('The fence of %s cannot be %s with epoch %s, as epoch %s is used up: take %s or a later one.',
                            wanted, case when up then 'raised' else 'lowered' end, next, known.epoch, known.epoch + 1) end;
                end if;
                if up or known.raised then
                    -- All locks first, in one order, and in 300 ms together: the application's writers wait behind us, its readers do not.
                    for t in select f from strangler.fence_tables(wanted) f order by f::oid loop
                        perform set_config('lock_timeout', greatest(1, ceil(extract(epoch from until - clock_timestamp()) * 1000)) || 'ms', true);
                        execute format('lock table only %s in share row exclusive mode', t);
                    end loop;
                end if;
            exception when lock_not_available or deadlock_detected then
                -- Our locks are gone already.
                raise exception using errcode = 'lock_not_available', message = case when t is null
                    then format('the fence of %s is being moved by another session; wait for its end, then try again.', wanted)
                    else format('%s was not to be locked within 300 ms: %s, then try again.', t,
                        coalesce(strangler.fence_blocker(t), 'whoever was in the way has ended since; wait a moment')) end;
            end;
            if up then
                select g into gap from strangler.fence_gaps(wanted) g limit 1;
                if found then
                    raise exception using errcode = '{{NoFence}}',
                        message = format('%s has no fence for the capability %s: run install with Sync:Fence = true, then raise it again.', gap, wanted);
                end if;
            end if;
            if up or known.raised then
                for change in select tgrelid::regclass as tbl, tgname from pg_trigger where tgrelid in (select f from strangler.fence_tables(wanted) f)
                    and tgname in ('strangler_fence_row_' || wanted, 'strangler_fence_stmt_' || wanted)
                loop
                    execute format('alter table only %s %s trigger %I', change.tbl, case when up then 'enable always' else 'disable' end, change.tgname);
                end loop;
            end if;
            update strangler.fence set epoch = next, raised = up, changed = now() where capability = wanted;
            perform pg_logical_emit_message(true, '{{Barrier}}', json_build_object('capability', wanted, 'epoch', next, 'raised', up)::text);
            return true;
        end

        """;

    /// <summary>The functions, each with its arguments, its body as the catalog has it, and the statement that makes or replaces it.</summary>
    public static IReadOnlyList<(string Name, string Body, string Create)> Functions { get; } =
    [
        Function("refuse_write", "", "returns trigger language plpgsql", RefuseWrite),
        Function("fence_tables", "wanted text", "returns setof regclass language sql stable", FenceTables),
        Function("fence_gaps", "wanted text", "returns setof text language sql stable", FenceGaps),
        Function("fence_blocker", "wanted regclass", "returns text language sql", FenceBlocker),
        Function("set_fence", "wanted text, next bigint, up boolean", "returns boolean language plpgsql security definer", SetFenceBody),
    ];

    private static (string Name, string Body, string Create) Function(string name, string arguments, string kind, string body) => (
        name,
        body,
        $"""
        create or replace function strangler.{name}({arguments}) {kind}
        set search_path = pg_catalog, pg_temp as $strangler${body}$strangler$;
        revoke execute on function strangler.{name} from public
        """);
}
