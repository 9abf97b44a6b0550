using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>
/// What a module that works with patients keeps of each: enough to find one as its name is typed, and to show whom a row is about. Owned by
/// the patients module, kept up by <see cref="Projection"/>.
/// </summary>
/// <example><code>
/// // In the module's DbContext: model.Entity&lt;KnownPatient&gt;().ToTable("patients");
/// public static readonly Projection&lt;PatientChanged, KnownPatient&gt; Patients =
///     KnownPatient.Projection().Copied&lt;Referral&gt;(r => r.PatientId, r => r.PatientName, p => p.Name);
/// </code></example>
[NotLogged]
public class KnownPatient : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>The practice's own number, shown to people.</summary>
    public required string RecordNumber { get; init; }

    /// <summary>As the office sorts: "Kaur, Simran (Sim)". See <see cref="PatientName"/>.</summary>
    public required string Name { get; init; }
    public DateOnly BirthDate { get; init; }

    /// <summary>One of F, M, X, U.</summary>
    public required string Sex { get; init; }

    /// <summary>The confidential one where the patient asked for it.</summary>
    public string? Phone { get; init; }

    /// <summary>Only those with the right to it open the chart, by saying why.</summary>
    public bool Restricted { get; init; }

    /// <summary>False for who died, or whose record became part of another.</summary>
    public bool Active { get; init; }

    /// <summary>To speak and write to the patient in, ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    /// <summary>What a search as typed matches: the names, the number and the digits of the phone.</summary>
    [SearchWords]
    public string Find { get; init; } = "";

    /// <summary>For those outside: "Simran Kaur".</summary>
    public string ReadName => PatientName.Read(Name);

    Guid? IOfPatient.PatientId => Id;

    /// <summary>Keeps every patient; say which rows repeat the name or point to the patient.</summary>
    public static Projection<PatientChanged, KnownPatient> Projection() => new Projection<PatientChanged, KnownPatient>(Of)
        .RemovedBy<PatientRemoved>(gone => gone.PatientId)
        .MergedBy<PatientsMerged>(merged => (merged.KeptId, merged.GoneId, merged.Undone), p => p.Active);

    private static KnownPatient Of(PatientChanged p) => new()
    {
        Id = p.PatientId,
        Version = p.Version,
        RecordNumber = p.RecordNumber,
        Name = PatientName.Sorted(p.LastName, p.FirstName, p.PreferredName),
        BirthDate = p.BirthDate,
        Sex = p.Sex,
        Phone = p.Phone,
        Restricted = p.Restricted,
        Active = p.Active,
        Language = p.Language,
        Find = $"{p.LastName} {p.FirstName} {p.PreferredName} {p.RecordNumber} {string.Concat((p.Phone ?? "").Where(char.IsAsciiDigit))}",
    };
}

/// <summary>How a patient's name is written.</summary>
public static class PatientName
{
    /// <summary>As the office sorts, with what the patient likes to be called: "Kaur, Simran (Sim)".</summary>
    public static string Sorted(string last, string first, string? preferred = null) =>
        string.IsNullOrWhiteSpace(preferred) || preferred == first ? $"{last}, {first}" : $"{last}, {first} ({preferred})";

    /// <summary>For the patient, and for those outside, who do not know what a patient likes to be called: "Simran Kaur".</summary>
    /// <param name="sorted">As <see cref="Sorted"/> writes it; anything else is given back as it is.</param>
    public static string Read(string sorted)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var full = sorted.Split(" (")[0].Trim();
        return full.Split(", ", 2) is [var last, var first] ? $"{first} {last}" : full;
    }
}

/// <summary>A patient whom a page has the id of.</summary>
public static class KnownPatients
{
    /// <summary>Among those whom the module keeps; asks the owner for one whose message is on its way, and keeps it.</summary>
    /// <returns>Null when there is no such patient, or the chart is shut to whoever asks.</returns>
    public static async Task<KnownPatient?> FindAsync(this Projection<PatientChanged, KnownPatient> patients, ModuleDb db, IMessageBus bus, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(bus);
        if (await KnownAsync(db, id, ct) is { } known)
        {
            return known;
        }

        var found = await bus.InvokeAsync<PatientsFound>(new FindPatients([id]), ct);
        if (found?.Patients is not { Count: > 0 } told)
        {
            return null;
        }

        await patients.TakeAsync(db, told, ct);
        return await KnownAsync(db, id, ct);
    }

    /// <summary>The answer to a <c>&lt;picker&gt;</c> of patients: the eight first by name who match what was typed (before them who has it as record number), as <see cref="TypedPatient"/> reads it, noted in the access log.</summary>
    /// <param name="patients">Those the module keeps, narrowed as its form needs.</param>
    /// <param name="typed">Names in any order, a birth date, a phone or record number; two letters at least.</param>
    /// <param name="today">For ages, and for birth dates of two digits.</param>
    /// <param name="why">For the access log: "patients found for a referral".</param>
    /// <param name="none">What to do when nobody matches, after "No patient matches."</param>
    /// <param name="otherwise">A way on when nobody matches.</param>
    public static async Task<PickList> PickAsync(
        this IQueryable<KnownPatient> patients, string? typed, DateOnly today, IAccessLog log, string why, CancellationToken ct, string? none = null, PickElse? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var asked = TypedPatient.Read(typed, today);
        var (birth, patterns, number) = (asked.BirthDate, asked.Patterns, (typed ?? "").Trim());
        var found = !asked.IsEnough ? [] : await patients.AsNoTracking()
            .Where(p => p.Active && (birth == null || p.BirthDate == birth) && patterns.All(x => EF.Functions.Like(p.Find, x)))
            .OrderByDescending(p => EF.Functions.ILike(p.RecordNumber, LikePattern.Same(number), LikePattern.Escape)).ThenBy(p => p.Name).ThenBy(p => p.BirthDate).Take(8).ToListAsync(ct);
        log.Listed([.. found.Select(p => p.Id)], why);
        return new(found.Select(p => p.ToPick(today) with { Exact = p.RecordNumber.Equals(number, StringComparison.OrdinalIgnoreCase) }))
        {
            None = asked.IsEnough ? $"No patient matches. {none}".TrimEnd() : null,
            Else = otherwise,
        };
    }

    private static Pick ToPick(this KnownPatient p, DateOnly today) =>
        new(p.Id, p.Name, $"{Said.ShortDay(p.BirthDate)} · {Said.Age(p.BirthDate, today)} · {p.RecordNumber}{(p.Phone is null ? "" : $" · {TypedPhone.Show(p.Phone)}")}")
        {
            Mark = p.Restricted ? new("Restricted", "warn", "lock") : null,
        };

    private static Task<KnownPatient?> KnownAsync(ModuleDb db, Guid id, CancellationToken ct) => db.Set<KnownPatient>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);
}
