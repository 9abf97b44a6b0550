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
