using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Newmodule.Reactions;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>Asks something for a patient, from the chart.</summary>
public sealed class AddRequest(NewmoduleDb db, IMessageBus bus, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        public Guid Patient { get; set; }

        [StringLength(120)]
        public string Title { get; set; } = ""; // not nullable: needed
    }

    [HttpGet("/newmodule/requests/add")]
    [Needs(NewmoduleModule.Edit)]
    public IActionResult Get(Guid patient) => Page(new Form { Patient = patient });

    [HttpPost("/newmodule/requests/add")]
    [Needs(NewmoduleModule.Edit)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        var patient = await Known.Patients.FindAsync(db, bus, form.Patient, ct);
        if (patient is null || chosen.Location is null)
        {
            Refuse("", patient is null ? "Open the patient's chart and begin there." : "Choose a location in the top bar first.");
        }

        if (!ModelState.IsValid || patient is null || chosen.Location is not { } place)
        {
            return Invalid(form); // 422, everything typed is still there
        }

        var request = new Request { PatientId = patient.Id, LocationId = place.Id, Title = form.Title.Trim(), AskedOn = WallTime.Today(Clock, place.Zone) };
        db.Add(request);
        // The version grows with the save, so the message comes after it, in the same transaction.
        return await TrySaveAsync(db, () => bus.PublishAsync(request.State(), new(Key: request.Id.ToString())), ct)
            ? Done("/newmodule", $"{request.Title} is asked for {patient.Name}.")
            : Invalid(form);
    }
}
