using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Superbill;

/// <summary>Codes as they are typed into a line or a diagnosis. Every field has a name of its own; what was typed is the last part of the
/// question.</summary>
public sealed class CodesForSuperbill(CodeFinder codes) : Slice
{
    /// <param name="set">services or diagnoses.</param>
    [HttpGet("/billing/superbill/codes")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Get(string? set, Guid? provider, DateOnly? on, CancellationToken ct)
    {
        var typed = Request.Query.Where(q => q.Key.StartsWith("Lines", StringComparison.Ordinal) || q.Key.StartsWith("Diagnoses",
            StringComparison.Ordinal))
            .Select(q => q.Value.ToString()).FirstOrDefault();
        var diagnoses = set == "diagnoses";
        var found = await codes.FindAsync(
            diagnoses ? CodeFinder.Diagnoses : CodeFinder.Services, typed, provider, on ?? DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime), ct);
        return new PickList(found.Select(c => new Pick(c.Id, diagnoses ? Encounters.Diagnosis.Dotted(c.Code) : c.Code, c.ShortName)
        {
            Icon = "file", Exact = c.Code == CodeFinder.Plain(typed ?? ""),
        }))
        {
            None = string.IsNullOrWhiteSpace(typed) ? null
                : "No code of that day matches.", Offered = string.IsNullOrWhiteSpace(typed) ? "Used most" : null,
        };
    }
}
