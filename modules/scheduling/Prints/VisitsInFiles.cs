using Modular.Scheduling.Appointments;

namespace Modular.Scheduling.Prints;

/// <summary>Lists of visits as a file or on paper.</summary>
internal static class VisitsInFiles
{
    /// <summary>Without patients whose charts are restricted, whoever opened them: a file is read by others, too.</summary>
    public static IQueryable<Visit> InFiles(this IQueryable<Visit> visits, SchedulingDb db) =>
        visits.Where(v => !db.Patients.Any(p => p.Id == v.PatientId && p.Restricted));
}
