using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// The one door to a patient. The host asks it before every page, print, fragment, file and API answer that says with
/// <see cref="PatientAttribute"/> or <see cref="PatientOfAttribute{TRow}"/> whom it is about, before every panel of a patient and for all
/// marks and rows of a list; a module asks it where it reads past its <see cref="ModuleDb"/>.
/// </summary>
/// <remarks>
/// A restricted chart is shut to everybody who has not said why today, and to every program. A message handler or job acts for its module,
/// and no person sees what it reads: to it nothing is shut.
/// </remarks>
/// <example><code>var rows = visits.Select(v => patients.IsShut(v.PatientId) ? v.TimeAlone() : v);</code></example>
public interface IPatientAccess
{
    /// <summary>Opens the patient for whoever acts, and writes it to the access log with the reason they gave.</summary>
    /// <param name="what">What is shown, in the office's words: "chart".</param>
    /// <returns>False when the chart is shut: then show nothing. Nothing is logged.</returns>
    bool Open(Guid patientId, string what);

    /// <summary>Whether the chart is shut to whoever acts. Answered from memory, so that a list asks it for each row.</summary>
    bool IsShut(Guid patientId);
}

/// <summary>
/// Says that a parameter of an action is a patient's id. The host opens the patient before the action runs and writes the access log; a shut
/// chart leads a person to the question why, and answers 403 to a program. Without a value nothing is asked.
/// </summary>
/// <param name="what">What the page shows, as the access log says it: "chart".</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PatientAttribute(string what) : Attribute
{
    public string What { get; } = what;
}

/// <summary>The same for the id of a row about a patient, such as a visit: the host finds the patient through the row.</summary>
/// <typeparam name="TRow">An entity of the module's <see cref="ModuleDb"/>.</typeparam>
/// <param name="what">What the page shows, as the access log says it: "visit".</param>
public sealed class PatientOfAttribute<TRow>(string what) : PatientOfAttribute(typeof(TRow), what) where TRow : class, IOfPatient
{
    /// <inheritdoc/>
    public override Task<Guid?> FindAsync(ModuleDb db, Guid id, CancellationToken ct) => db.PatientOfAsync<TRow>(id, ct);
}

/// <summary>What <see cref="PatientOfAttribute{TRow}"/> says, for the host.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class PatientOfAttribute : Attribute
{
    private protected PatientOfAttribute(Type row, string what) => (Row, What) = (row, what);

    /// <summary>The entity whose id the parameter is.</summary>
    public Type Row { get; }

    /// <summary>As the access log says it.</summary>
    public string What { get; }

    /// <summary>The patient of the row, shut or not; null when there is no such row for whoever asks.</summary>
    public abstract Task<Guid?> FindAsync(ModuleDb db, Guid id, CancellationToken ct);
}

/// <summary>A page was about to name a patient whose chart is shut. The host turns it into the question why, or a refusal.</summary>
public sealed class PatientShutException(Guid patientId) : Exception("The chart is restricted, and whoever asks has not said why.")
{
    public Guid PatientId { get; } = patientId;
}

/// <summary>Restricted charts, as the module that owns the patients declares them.</summary>
/// <param name="Sql">Rows of (patient, person, reason, until): see <see cref="ModuleBuilder.RestrictedCharts"/>.</param>
/// <param name="Permission">Who may open one by saying why.</param>
/// <param name="Unlock">Where they say it; <c>{id}</c> is the patient.</param>
/// <param name="Rows">Entities whose saves change the answer.</param>
public sealed record RestrictedChartsDeclaration(string Sql, string Permission, string Unlock, Type[] Rows);

/// <summary>Ways past the filter that hides rows of shut charts.</summary>
public static class ShutPatients
{
    /// <summary>
    /// With the rows of shut charts: for a calendar that shows their time and nothing else, and for the list in which whoever may open a
    /// chart finds it. What is read must be masked by <see cref="IPatientAccess.IsShut"/> before it is shown.
    /// </summary>
    public static IQueryable<TRow> WithShut<TRow>(this IQueryable<TRow> rows) where TRow : class, IOfPatient => rows.IgnoreQueryFilters([ModuleDb.PatientFilter]);
}
