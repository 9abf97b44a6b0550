using Microsoft.AspNetCore.Mvc;
using Modular.Host.Contracts;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Webhooks;

/// <summary>Addresses of one program that are told of messages: how they fare, a new one, an end.</summary>
public sealed class WebhookList(ProgramAdmin programs, WebhookAdmin admin, Authority authority, IPractice practice) : Slice
{
    public sealed class Form
    {
        public string? Url { get; set; }
        public List<string> Aliases { get; set; } = [];
    }

    /// <param name="OfNoLocation">What a program that may see some locations only is not offered.</param>
    /// <param name="Fault">Why the present person may not change them; nothing is offered then.</param>
    /// <param name="Stopped">What was chosen once and is not sent any more.</param>
    public sealed record Model(
        ConnectedProgram Program, IReadOnlyList<Webhook> Webhooks, IReadOnlyList<MessageContract> Offered, IReadOnlyList<MessageContract> OfNoLocation, ILookup<Guid, string> Stopped,
        IReadOnlyList<string> Places, Form Form, string? Fault);

    public sealed record SecretShown(ConnectedProgram Program, Webhook Webhook, string Secret);

    [HttpGet("/admin/programs/webhooks/{program:guid}")]
    [Needs("core.programs.manage"), StepUp]
    public async Task<IActionResult> Get(Guid program, CancellationToken ct) =>
        await programs.FindAsync(program, ct) is { } found ? Page(await ModelAsync(found, new(), ct)) : NotFound();

    [HttpPost("/admin/programs/webhooks/{program:guid}")]
    [Needs("core.programs.manage"), StepUp]
    public async Task<IActionResult> Post(Guid program, [Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        if (await programs.FindAsync(program, ct) is not { } found)
        {
            return NotFound();
        }

        if (await admin.AddressFaultAsync(form.Url?.Trim() ?? "", ct) is { } fault)
        {
            Refuse("Form.Url", fault);
            return Invalid(await ModelAsync(found, form, ct));
        }

        try
        {
            var (webhook, secret) = await admin.AddAsync(found, form.Url?.Trim() ?? "", form.Aliases, ct);
            return View("WebhookSecret", new SecretShown(found, webhook, secret));
        }
        catch (PeopleException e)
        {
            Refuse("", e.Message);
            return Invalid(await ModelAsync(found, form, ct));
        }
    }

    [HttpPost("/admin/programs/webhooks/end/{id:guid}")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> End(Guid id, CancellationToken ct) => ThenAsync(id, webhook => admin.EndAsync(webhook, ct), "The webhook is taken away", ct);

    [HttpPost("/admin/programs/webhooks/resume/{id:guid}")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Resume(Guid id, CancellationToken ct) => ThenAsync(id, webhook => admin.ResumeAsync(webhook, ct), "It is told again", ct);

    [HttpPost("/admin/programs/webhooks/test/{id:guid}")]
    [Needs("core.programs.manage"), StepUp]
    public Task<IActionResult> Test(Guid id, CancellationToken ct) => ThenAsync(id, webhook => admin.TestAsync(webhook, ct), "A test is on its way", ct);

    private async Task<IActionResult> ThenAsync(Guid id, Func<Webhook, Task> step, string said, CancellationToken ct)
    {
        if (await admin.FindAsync(id, ct) is not { } webhook)
        {
            return NotFound();
        }

        try
        {
            await step(webhook);
        }
        catch (PeopleException e)
        {
            said = e.Message;
        }

        return Done($"/admin/programs/webhooks/{webhook.ProgramId}", said);
    }

    private async Task<Model> ModelAsync(ConnectedProgram program, Form form, CancellationToken ct)
    {
        var webhooks = await admin.OfAsync(program.Id, ct);
        var stopped = from hook in webhooks from alias in hook.Aliases where !admin.MayHear(program, alias) select (hook.Id, alias);
        return new(program, webhooks, admin.Offered(program), admin.OfNoLocation(program), stopped.ToLookup(s => s.Id, s => s.alias),
            program.AllLocations ? [] : [.. practice.Locations.Where(l => program.Locations.Contains(l.Id)).Select(l => l.Name)], form, authority.Fault(program));
    }
}
