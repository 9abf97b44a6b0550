using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Inbox;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Charges that a program sends. Each is kept; what cannot be put into an encounter waits for a person, and the answer says why.</summary>
public sealed class ChargesApi(BillingDb db, ChargeInbox inbox, DataScope scope) : ApiSlice
{
    [HttpPost("/api/billing/charges")]
    [Needs(BillingPermissions.Charge),
        Description("Sends the charges of one encounter. The same sender, id and content again is answered with the same row.")]
    [ProducesResponseType<ChargeReceived>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Send([FromBody] NewCharge charge, CancellationToken ct)
    {
        if (charge.LocationId is { } place && !scope.Sees(place))
        {
            return Missing("There is no such location.");
        }

        await using (var write = await db.BeginWriteAsync(ct))
        {
            var (row, _) = await inbox.ReceiveAsync(write, "program", charge.Sender!.Trim(), charge.Id!.Trim(), charge.LocationId,
                charge.Content(), ct);
            await inbox.MatchAsync(row.Id, null, ct);
            await write.CommitAsync(ct);
            var now = await db.OutsideCharges.AsNoTracking().FirstAsync(c => c.Id == row.Id, ct);
            return Added($"/billing/inbox/{now.Id}", new ChargeReceived(now.Id, now.State.Text(), now.Reason, now.EncounterId), now.Version);
        }
    }

    /// <summary>What became of a charge.</summary>
    public sealed record ChargeReceived(
        Guid Id, [property: Description("One of waiting, taken, dismissed.")] string State, [property: Description("Why it waits.")] string? Reason, Guid? EncounterId);

    public sealed class NewCharge
    {
        [Required(ErrorMessage = "Name the sending program."), StringLength(60)]
        public string? Sender { get; init; }

        [Required(ErrorMessage = "Give the id of the charge in the sending program."), StringLength(80)]
        public string? Id { get; init; }

        [Description("Where it was; the first location when left out.")]
        public Guid? LocationId { get; init; }

        [Required(ErrorMessage = "Give the record number of the patient."), StringLength(40), Description("The practice's own number.")]
        public string? PatientNumber { get; init; }

        [Required(ErrorMessage = "Give the patient's birth date.")]
        public DateOnly? BirthDate { get; init; }

        [StringLength(80)]
        public string? LastName { get; init; }

        [StringLength(80)]
        public string? FirstName { get; init; }

        [Required(ErrorMessage = "Give the day of service.")]
        public DateOnly? ServiceFrom { get; init; }
        public DateOnly? ServiceTo { get; init; }

        [Required(ErrorMessage = "Give the NPI of the provider."), StringLength(10)]
        public string? ProviderNpi { get; init; }

        [StringLength(2), Description("Two digits of CMS; 11 when left out.")]
        public string? PlaceOfService { get; init; }

        [StringLength(80)]
        public string? Facility { get; init; }

        [StringLength(300)]
        public string? What { get; init; }

        [MaxLength(12), Description("ICD-10-CM, with or without dot, the most important first.")]
        public IReadOnlyList<string> Diagnoses { get; init; } = [];

        [Required(ErrorMessage = "Send at least one line."), MinLength(1), MaxLength(50)]
        public IReadOnlyList<NewLine>? Lines { get; init; }

        internal OutsideContent Content() => new()
        {
            PatientNumber = PatientNumber, LastName = LastName, FirstName = FirstName, BirthDate = BirthDate, From = ServiceFrom!.Value,
            To = ServiceTo, ProviderNpi = ProviderNpi,
            PlaceOfService = PlaceOfService, Facility = Facility, What = What, Diagnoses = Diagnoses,
            Lines = [.. Lines!.Select(l => new OutsideLine(l.Code ?? "", l.Modifiers, l.Pointers, l.Units, l.Price, l.Ndc, l.NdcQuantity,
                l.NdcUnit))],
        };
    }

    public sealed class NewLine
    {
        [Required(ErrorMessage = "Give the code of the service."), StringLength(5)]
        public string? Code { get; init; }

        [MaxLength(4)]
        public IReadOnlyList<string> Modifiers { get; init; } = [];

        [StringLength(4), Description("Letters of the diagnoses, AB; the first four when left out.")]
        public string? Pointers { get; init; }
        public decimal Units { get; init; } = 1;

        [Description("US dollars a unit; the practice's fee schedule when left out.")]
        public decimal? Price { get; init; }

        [StringLength(13)]
        public string? Ndc { get; init; }
        public decimal? NdcQuantity { get; init; }

        [StringLength(2)]
        public string? NdcUnit { get; init; }
    }
}
