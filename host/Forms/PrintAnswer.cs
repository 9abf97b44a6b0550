using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form as it was filled in, on paper and as a PDF.</summary>
[Needs(FormKinds.SeeAnswers)]
public sealed class PrintAnswer(FormsDb db, FormDesk desk, FormKinds kinds, IPractice practice) : Slice
{
    public sealed record Model(FormAnswer Answer, FormBody Body, string Zone, DateTimeOffset Now);

    [HttpGet("/forms/print/{id:guid}")]
    public async Task<IActionResult> Get([PatientOf<FormAnswer>("form that was filled in, on paper")] Guid id, CancellationToken ct) =>
        await db.Answers.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.Answers != null, ct) is { } answer
        && kinds.Find(answer.Kind) is { } kind && Actor.Can(kind.Review)
            ? Page(new Model(
                answer, (await desk.VersionAsync(answer.FormId, answer.Number!.Value, ct)).Asks(), practice.Zone, Clock.GetUtcNow())) : NotFound();
}
