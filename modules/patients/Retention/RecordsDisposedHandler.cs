using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Patients.Retention;

/// <summary>Patients whose records were disposed of are gone for the other modules too.</summary>
public static class RecordsDisposedHandler
{
    public static OutgoingMessages Handle(RecordsDisposed disposed)
    {
        var told = new OutgoingMessages();
        foreach (var patient in disposed.Kind == PatientRetention.Class.Id ? disposed.Records : [])
        {
            told.Publish(new PatientRemoved(patient), new(Key: patient.ToString()));
        }

        return told;
    }
}
