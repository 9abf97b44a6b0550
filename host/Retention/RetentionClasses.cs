using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <param name="Module">Whose records they are, on here or off.</param>
public sealed record KnownClass(LoadedModule Module, RetentionClass Class)
{
    /// <summary>
    /// Each record with what it is judged by: id, label, starts_on, kept_until, patient_id, person_id, held. Written by the modules that run on
    /// this host, which the practice trusts with its data as it is.
    /// </summary>
    public string Rows(bool few)
    {
        var c = Class;
        return $"""
            (select x.*, exists (select from core.retention_holds h where h.released_at is null and (
                    (h.kind = '{c.Id}' and (h.record_id is null or h.record_id = x.id))
                    or h.patient_id = x.patient_id or h.person_id = x.person_id)) as held
                from (select r.id, left(({c.Label})::text, 200) as label, ({c.Starts})::date as starts_on,
                        greatest(({c.Until ?? $"({c.Starts})::date + make_interval(years => {c.Years})"})::date,
                            (({c.Starts})::date + make_interval(years => (select t.years from core.retention_terms t where t.kind = '{c.Id}')))::date)
                            as kept_until,
                        ({c.Patient ?? "null"})::uuid as patient_id, ({c.Person ?? "null"})::uuid as person_id
                    from {Module.Manifest.Schema}.{c.Table} r {(few ? c.JoinOfFew ?? c.Join : c.Join)} where {c.Where}) x)
            """;
    }

    public string Table => $"{Module.Manifest.Schema}.{Class.Table}";
}

/// <summary>What the modules of this host declare, those that are off here too: their records are kept all the same.</summary>
public sealed class RetentionClasses(InstalledModules modules)
{
    public const string Manage = "core.retention.manage";
    public const string Approve = "core.retention.approve";

    public IReadOnlyList<KnownClass> All => field ??= [.. modules.WithCore.SelectMany(m => m.Declared.Retention.Select(c => new KnownClass(m, c)))];

    public IEnumerable<(LoadedModule Module, KeptOtherwise Kind)> Otherwise =>
        modules.WithCore.SelectMany(m => m.Declared.KeptOtherwise.Select(k => (m, k)));

    public KnownClass? Find(string id) => All.FirstOrDefault(c => c.Class.Id == id);
}
