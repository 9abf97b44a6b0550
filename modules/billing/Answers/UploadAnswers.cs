using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>A file that was fetched by hand from a payer's or clearing house's page. The same file again changes nothing.</summary>
public sealed class UploadAnswers(AnswerIntake intake) : Slice
{
    public sealed record Model;

    [HttpGet("/billing/answers/upload")]
    [Needs(BillingPermissions.Claims)]
    public IActionResult Get() => Page(new Model());

    [HttpPost("/billing/answers/upload")]
    [Needs(BillingPermissions.Claims)]
    [RequestSizeLimit(AnswerIntake.Largest + 65536)]
    [RequestFormLimits(MultipartBodyLengthLimit = AnswerIntake.Largest + 65536)]
    public async Task<IActionResult> Post(IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length is 0 or > AnswerIntake.Largest)
        {
            Refuse("file", file is null || file.Length == 0 ? "Choose a file." : "The file is larger than 32 MB. Split it.");
            return Invalid(new Model());
        }

        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, ct);
        var (id, isNew) = await intake.TakeAsync(file.FileName, content.ToArray(), null, ct);
        return Done($"/billing/answers/{id}", isNew ? "The file is kept and is being read." : "This very file came before. Nothing was changed.");
    }
}
