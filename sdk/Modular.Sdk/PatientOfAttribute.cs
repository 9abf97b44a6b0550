using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

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
