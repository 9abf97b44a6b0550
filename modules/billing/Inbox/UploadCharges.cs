using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Inbox;

/// <summary>A file of HL7 v2 charges (DFT^P03). The same file again changes nothing.</summary>
public sealed class UploadCharges(BillingDb db, ChargeInbox inbox, IMessageBus bus, ChosenLocation chosen) : Slice
{
    private const int Largest = 4 * 1024 * 1024;

    public sealed record Model(IReadOnlyList<string> Problems);

    [HttpGet("/billing/inbox/upload")]
    [Needs(BillingPermissions.Charge)]
    public IActionResult Get() => Page(new Model([]));

    [HttpPost("/billing/inbox/upload")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post(IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length is 0 or > Largest)
        {
            Refuse("file", file is null || file.Length == 0 ? "Choose a file." : "The file is larger than 4 MB. Split it.");
            return Invalid(new Model([]));
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var read = Hl7Charges.Read(await reader.ReadToEndAsync(ct));
        if (read.Charges.Count == 0)
        {
            Refuse("file", "Nothing of this file could be taken.");
            return Invalid(new Model(read.Problems));
        }

        var fresh = await ReceiveAsync(read, ct);
        var known = read.Charges.Count - fresh;
        var said = $"{Said.Many(fresh, "charge")} received{(known == 0 ? "" : $", {Said.Count(known)} known already")}"
            + $"{(read.Problems.Count == 0 ? "" : $"; {Said.Many(read.Problems.Count, "message")} not read: {read.Problems[0]}")}.";
        return Done("/billing/inbox?show=all", said.Replace("..", ".", StringComparison.Ordinal));
    }

    private async Task<int> ReceiveAsync(Hl7File read, CancellationToken ct)
    {
        var fresh = 0;
        await using var write = await db.BeginWriteAsync(ct);
        foreach (var charge in read.Charges)
        {
            var (row, isNew) = await inbox.ReceiveAsync(write, "hl7", charge.Sender, charge.OutsideId, chosen.Location?.Id, charge.Content, ct);
            if (isNew)
            {
                fresh++;
                await bus.SendAsync(new MatchCharge(row.Id));
            }
        }

        await write.CommitAsync(ct);
        return fresh;
    }
}
