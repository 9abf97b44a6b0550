using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>Ways past the filter that hides rows of shut charts.</summary>
public static class ShutPatients
{
    /// <summary>
    /// With the rows of shut charts: for a calendar that shows their time and nothing else, and for the list in which whoever may open a
    /// chart finds it. What is read must be masked by <see cref="IPatientAccess.IsShut"/> before it is shown.
    /// </summary>
    public static IQueryable<TRow> WithShut<TRow>(this IQueryable<TRow> rows) where TRow : class, IOfPatient => rows.IgnoreQueryFilters([ModuleDb.PatientFilter]);
}
