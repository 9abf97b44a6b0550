using Modular.Newmodule.Requests;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Newmodule.Reactions;

/// <summary>What this module keeps of what others own.</summary>
public static class Known
{
    /// <summary>A patient whom a request is about stays known.</summary>
    public static readonly Projection<PatientChanged, KnownPatient> Patients = KnownPatient.Projection().UsedBy<Request>(r => r.PatientId);
}
