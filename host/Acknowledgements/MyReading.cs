using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>What the practice asks this person to read and sign, and what they signed.</summary>
[OpenTo(Audience.SignedIn, "Everybody sees what they have to read themselves, and nothing of others.")]
public sealed class MyReading(AcknowledgementsDb db) : Slice
{
    internal static readonly ListDefinition<Acknowledgement> List = new("core.my-reading", "My reading")
    {
        Id = a => a.Id, Order = "due", Search = new("Document", a => a.Name),
        Filters =
        [
            new("show", "Which documents", new Dictionary<string, string>
            {
                [""] = "To read", ["signed"] = "Signed", ["all"] = "All",
            }, (v, _) => v switch
            {
                "signed" => a => a.State == AcknowledgementState.Signed,
                "all" => null,
                _ => a => a.State == AcknowledgementState.Waiting,
            }),
        ],
        Columns =
        [
            new("document", "Document", a => a.Name) { Sort = a => a.Name, Main = true, Href = a => a.SignatureId is null
                ? a.State == AcknowledgementState.Waiting ? $"/my-reading/{a.Id}" : null : $"/signatures/{a.SignatureId}" },
            new("version", "Version", a => a.SignedNumber ?? a.Number) { Right = true },
            new("due", "Sign by", a => a.DueOn) { Sort = a => a.DueOn, Class = "num" },
            new("signed", "Signed", a => a.SignedAt) { Sort = a => a.SignedAt, Class = "num" },
            new("state", "State", a => Words(a)) { Marks = a => a is { Overdue: true, State: AcknowledgementState.Waiting }
                ? [new("Overdue", "bad", "alert")] : [] },
        ],
    };

    [HttpGet("/my-reading")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var me = Actor.PersonId;
        return ListAsync(List, db.Acknowledgements.AsNoTracking().Where(a => a.PersonId == me), query, ct);
    }

    internal static string Words(Acknowledgement a) => a.State switch
    {
        AcknowledgementState.Waiting => "To read",
        AcknowledgementState.Signed => "Signed",
        AcknowledgementState.Replaced => "A newer version came",
        _ => "No longer asked",
    };
}
