using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>Makes next year's schedule of this year's, with a percentage; the old one ends the day before.</summary>
public sealed class CopySchedule(BillingDb db) : Slice
{
    public sealed class Form
    {
        [Required(ErrorMessage = "Name the copy.")]
        [StringLength(80)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Type the first day of the copy.")]
        public DateOnly? ValidFrom { get; set; }

        [Range(1.0, 1000.0, ErrorMessage = "1 to 1000 percent.")]
        public decimal Percent { get; set; } = 100;

        public bool EndOld { get; set; } = true;
    }

    [HttpGet("/billing/fees/copy/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.FeeSchedules.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is { } old ? Page(new Form { Name = old.Name }) : NotFound();

    [HttpPost("/billing/fees/copy/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid id, Form form, CancellationToken ct)
    {
        if (await db.FeeSchedules.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } old)
        {
            return NotFound();
        }

        if (form.EndOld && form.ValidFrom <= old.ValidFrom)
        {
            Refuse(nameof(form.ValidFrom), $"The old schedule begins on {old.ValidFrom:MM/dd/yyyy}: it cannot end before that.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        var copy = new FeeSchedule
        {
            Name = form.Name.Trim(), Kind = old.Kind, PayerId = old.PayerId, EntityId = old.EntityId,
            ValidFrom = form.ValidFrom!.Value
        };
        var factor = form.Percent / 100;
        await using var write = await db.BeginWriteAsync(ct);
        db.Add(copy);
        old.ValidTo = form.EndOld && (old.ValidTo is null || old.ValidTo >= copy.ValidFrom) ? copy.ValidFrom.AddDays(-1) : old.ValidTo;
        if (!await TrySaveAsync(db, ct))
        {
            return Invalid(form);
        }

        var fees = await db.Fees.AsNoTracking().Where(f => f.ScheduleId == id).ToListAsync(ct);
        await db.CopyAsync([.. fees.Select(f => new Fee
        {
            ScheduleId = copy.Id, Code = f.Code, Modifier = f.Modifier, Facility = f.Facility,
            Amount = Math.Min(Math.Round(f.Amount * factor, 2, MidpointRounding.AwayFromZero), 999_999.99m),
        })], ct);
        await write.CommitAsync(ct);
        return Done($"/billing/fees/{copy.Id}", $"{copy.Name}: {Said.Many(fees.Count, "price")} at {form.Percent:0.##} % of {old.Name}.");
    }
}
