using System.Text;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Signatures;

/// <summary>Judges and keeps signatures.</summary>
public sealed class Signatures(SignatureStore store, ScopeContext scope, IHttpContextAccessor http, ChosenLocation chosen,
    AuditTrail trail, Work work, TimeProvider clock) : ISignatures
{
    private const string Field = "Signature.";

    public IReadOnlyList<FieldError> Faults(SignaturePad pad)
    {
        var (form, t, faults) = (pad.Signature, TextsOf(pad.Language), new List<FieldError>());
        if (form.Name?.Trim() is not { Length: > 0 and <= 120 })
        {
            faults.Add(new(Field + nameof(form.Name), t["SignName"]));
        }

        if (form.Relationship is null || !pad.Relationships.ContainsKey(form.Relationship))
        {
            faults.Add(new(Field + nameof(form.Relationship), t["SignWho"]));
        }

        if (!string.IsNullOrEmpty(form.Drawn) && SignatureRow.Strokes(form.Drawn) is null)
        {
            faults.Add(new(Field + nameof(form.Drawn), t["SignDrawn"]));
        }

        if (!form.Agreed)
        {
            faults.Add(new(Field + nameof(form.Agreed), t["SignAgree"]));
        }

        return faults;
    }

    public async Task<Guid> SignAsync(NewSignature signature, CancellationToken ct = default)
    {
        var body = Encoding.UTF8.GetBytes(signature.Text.Body);
        if (Faults(signature.Pad).Count > 0 || body.Length is 0 or > 1_000_000 || signature.Text.Title.Length is 0 or > 200)
        {
            throw new ArgumentException("A signature has no faults and a text of up to 1,000,000 bytes with a title.", nameof(signature));
        }

        var form = signature.Pad.Signature;
        var link = scope.Visit?.Link;
        var (how, place, present) = link switch
        {
            null => ("desk", chosen.Location?.Name ?? scope.Practice.Name, scope.Actor.Name),
            { HandedOverBy: { } staff } => ("tablet", scope.Practice.Name, staff),
            _ => ("link", $"network address {http.HttpContext?.Connection.RemoteIpAddress}", (string?)null),
        };
        var now = clock.GetUtcNow();
        var row = new SignatureRow(
            Guid.CreateVersion7(), signature.Permission, signature.SubjectId, signature.PatientId, signature.LocationId, signature.Text.Title,
                body, signature.Text.Language,
            TextsOf(signature.Pad.Language)["SignConsent"], form.Name!.Trim(), signature.Pad.Relationships[form.Relationship!],
                string.IsNullOrEmpty(form.Drawn) ? null : form.Drawn,
            how, place, scope.Actor.PersonId, present,
            // As exact as the database keeps it: the digest must come out the same.
            new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero), signature.SignerId,
            link?.HandedOverBy is null ? link?.Id : null);
        await using var write = await work.BeginAsync(null, ct);
        await store.AddAsync(row, ct);
        // The digest stands in the chained log, which nobody rewrites without its key.
        trail.Add(work, new(
            AuditTrail.Change, row.Permission.Split('.')[0], "signed", "signatures", row.Id, row.PatientId is { } patient ? [patient] : null,
            $"{row.Title}, by {row.Signer}, sha256 {Convert.ToHexStringLower(row.Digest())}"));
        await write.CommitAsync(ct);
        return row.Id;
    }

    private static PatientTexts TextsOf(string language) => PatientTexts.Of(typeof(Signatures).Assembly, language);
}
