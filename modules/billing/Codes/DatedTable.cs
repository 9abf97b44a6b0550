namespace Modular.Billing.Codes;

/// <summary>A table whose rows hold from a day to a day, and the lines of a load that are taken into it: the same rules for every published
/// set.</summary>
/// <param name="name">The table.</param>
/// <param name="lines">The table of the lines.</param>
/// <param name="keys">What names a row.</param>
/// <param name="values">What it says.</param>
/// <param name="scope">The rows that a load is about, as SQL: the others are not ended by it.</param>
/// <param name="find">A further column that is made of the others: its name and SQL over a line.</param>
public sealed class DatedTable(string name, string lines, string[] keys, string[] values, string scope, (string Column, string Sql)? find = null)
{
    private readonly int width = keys.Length;

    public IEnumerable<object?> KeyOf(CodeLine line) => line.Values.Take(width);

    /// <summary>COPY of the lines.</summary>
    public string Copy { get; } =
        $"copy billing.{lines} (load_id, line, valid_from, valid_to, {string.Join(", ", keys.Concat(values))}) from stdin (format binary)";

    /// <summary>
    /// Of lines $2 to $3 of load $1, an edition of day $4: a row that says something else ends the day before; corrected on its own first day it
    /// is written over; a row that says the same keeps its days, but for a last day that the file names. Gives how many of each.
    /// </summary>
    public string Close { get; } = $"""
        with now as (
            select r.id as row_id, r.valid_from as began, ({List(values, "r")}) is distinct from ({List(values, "l")}) as differs, l.*
            from billing.{lines} l join billing.{name} r on {Same(keys)} and r.valid_from <= $4 and (r.valid_to is null or r.valid_to >= $4)
            where l.load_id = $1 and l.line > $2 and l.line <= $3),
        over as (
            update billing.{name} r set {string.Join(", ", values.Select(v => $"{v} = l.{v}"))}{(find is { } made ? $", {made.Column} = {made.Sql}" : "")}, valid_to = l.valid_to
            from now l where r.id = l.row_id and l.differs and l.began = $4 returning 1),
        closed as (update billing.{name} r set valid_to = $4 - 1 from now l where r.id = l.row_id and l.differs and l.began < $4 returning 1),
        dated as (
            update billing.{name} r set valid_to = l.valid_to from now l
            where r.id = l.row_id and not l.differs and r.valid_to is distinct from l.valid_to and (l.valid_to is null or l.valid_to >= r.valid_from) returning 1)
        select (select count(*) from closed)::int, (select count(*) from over)::int + (select count(*) from dated)::int
        """;

    /// <summary>After <see cref="Close"/>, the same parameters: rows for what has none on that day or later. Gives how many.</summary>
    public string Begin { get; } = $"""
        insert into billing.{name} (id, {string.Join(", ", keys.Concat(values))}{(find is { } filled ? $", {filled.Column}" : "")}, valid_from, valid_to)
        select gen_random_uuid(), {List([.. keys, .. values], "l")}{(find is { } text ? $", {text.Sql}" : "")}, begins.on_day, l.valid_to
        from billing.{lines} l
        cross join lateral (
            select max(r.valid_to) as until, bool_or(r.valid_from > $4 or r.valid_to is null or r.valid_to >= $4) as held
            from billing.{name} r where {Same(keys)}) past
        cross join lateral (select greatest(coalesce(l.valid_from, $4), past.until + 1) as on_day) begins
        where l.load_id = $1 and l.line > $2 and l.line <= $3 and past.held is not true and (l.valid_to is null or l.valid_to >= begins.on_day)
        """;

    /// <summary>Ends what edition $2 of load $1 no longer has; what began on its own day was a mistake of an earlier file and goes.</summary>
    public string End { get; } = $"""
        with gone as (
            select r.id, r.valid_from from billing.{name} r
            where r.valid_from <= $2 and (r.valid_to is null or r.valid_to >= $2) and {scope}
              and not exists (select from billing.{lines} l where l.load_id = $1 and {Same(keys)})),
        removed as (delete from billing.{name} r using gone g where r.id = g.id and g.valid_from = $2 returning 1),
        closed as (update billing.{name} r set valid_to = $2 - 1 from gone g where r.id = g.id and g.valid_from < $2 returning 1)
        select (select count(*) from removed)::int + (select count(*) from closed)::int
        """;

    /// <summary>To the planner a table that was empty a minute ago still is, and each step would read all of it.</summary>
    public string Analyze { get; } = $"analyze billing.{name}, billing.{lines}";

    public string Clear { get; } = $"delete from billing.{lines} where load_id = $1";

    /// <summary>Modifiers that begin with a digit come with CPT, the others with HCPCS: neither file ends those of the other.</summary>
    public static DatedTable Codes { get; } = new(
        "codes", "code_lines", ["system", "code"], ["short_name", "long_name", "billable", "facility"],
        """
        (r.system, r.system = 'modifier' and r.code ~ '^[0-9]') in (
            select l.system, l.system = 'modifier' and l.code ~ '^[0-9]' from billing.code_lines l where l.load_id = $1)
        """,
        ("find", "' ' || lower(l.code) || ' ' || lower(l.short_name) || ' ' || lower(l.long_name)"));

    /// <summary>CMS cuts the practitioner file into parts by the first code: a part ends nothing outside of its own stretch.</summary>
    public static DatedTable Pairs { get; } = new(
        "ncci_pairs", "ncci_pair_lines", ["column1", "column2", "listed_from"], ["modifier", "rationale"],
        "r.column1 between (select min(l.column1) from billing.ncci_pair_lines l where l.load_id = $1) and (select max(l.column1) from billing.ncci_pair_lines l where l.load_id = $1)");

    public static DatedTable Units { get; } = new("unit_limits", "unit_limit_lines", ["code"], ["units", "adjudication", "rationale"], "true");

    public static DatedTable RelativeValues { get; } = new(
        "relative_values", "relative_value_lines", ["code", "modifier"],
        [
            "status", "work", "practice", "practice_facility", "malpractice", "pctc", "global_days", "preoperative", "intraoperative",
                "postoperative",
            "multiple", "bilateral", "assistant", "cosurgeon", "team", "factor",
        ],
        "true");

    private static string List(string[] columns, string of) => string.Join(", ", columns.Select(c => $"{of}.{c}"));

    private static string Same(string[] columns) => string.Join(" and ", columns.Select(c => $"r.{c} = l.{c}"));
}
