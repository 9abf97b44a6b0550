using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>Changes the words of a request that is not done.</summary>
public sealed class EditRequest(NewmoduleDb db, IMessageBus bus) : Slice
{
    public sealed class Form : IEditForm<Request>
    {
        public int Version { get; set; } // of the request that was opened: of two people the later sees both

        [StringLength(120)]
        public string Title { get; set; } = "";

        public void Show(Request request) => Title = request.Title;

        public void Write(Request request, Reading read) => request.Title = Title.Trim();
    }

    [HttpGet("/newmodule/requests/{id:guid}/edit")]
    [Needs(NewmoduleModule.Edit)]
    public Task<IActionResult> Get([PatientOf<Request>("request")] Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/newmodule/requests/{id:guid}/edit")]
    [Needs(NewmoduleModule.Edit)]
    public Task<IActionResult> Post([PatientOf<Request>("request")] Guid id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Request, Form> Row => new(this, db)
    {
        What = "request",
        Rows = db.Requests.Where(r => r.DoneOn == null),
        After = (request, _) => bus.PublishAsync(request.State(), new(Key: request.Id.ToString())),
        Saved = request => Done("/newmodule", $"{request.Title} is changed."),
    };
}
