using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Billing.X12;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>A 271 from the clearing house. The same file again changes nothing.</summary>
public sealed class UploadEligibility(EligibilityDesk desk) : Slice
{
    private const int Largest = 4 * 1024 * 1024;

    public sealed record Model(IReadOnlyList<string> Problems);

    [HttpGet("/billing/eligibility/upload")]
    [Needs(BillingPermissions.AskEligibility)]
    public IActionResult Get() => Page(new Model([]));

    [HttpPost("/billing/eligibility/upload")]
    [Needs(BillingPermissions.AskEligibility)]
    public async Task<IActionResult> Post(IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length is 0 or > Largest)
        {
            Refuse("file", file is null || file.Length == 0 ? "Choose a file." : "The file is larger than 4 MB. Split it.");
            return Invalid(new Model([]));
        }

        using var stream = new MemoryStream();
        await file.CopyToAsync(stream, ct);
        var document = X12Document.Read(stream.ToArray());
        var replies = EligibilityReader.Read(document);
        if (replies.Count == 0)
        {
            Refuse("file", document.Sets.Any(s => s.Type == "271") ? "The file says nothing of any patient."
                : "This is no eligibility answer (271). Look whether it was saved whole.");
            return Invalid(new Model([.. document.Errors.Take(20).Select(e => e.Sentence)]));
        }

        return await desk.TakeAsync(file.FileName, stream.ToArray(), replies, ct) is not { } taken
            ? Done("/billing/eligibility", "This very file was taken before. Nothing was changed.")
            : Done("/billing/eligibility", $"{Said.Many(taken.Answers, "answer")} taken"
                + $"{(taken.Unknown == 0 ? "" : $"; {Said.Count(taken.Unknown)} for patients whom nobody here asked for")}.");
    }
}
