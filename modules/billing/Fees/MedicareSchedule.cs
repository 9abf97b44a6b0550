using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>Makes a schedule of Medicare's relative values: with the indices of the locality, times a factor.</summary>
public sealed class MedicareSchedule(BillingDb db, IPractice practice) : Slice
{
    public sealed class Form
    {
        [Required(ErrorMessage = "Name the schedule.")]
        [StringLength(80)]
        public string Name { get; set; } = "";
        public string Kind { get; set; } = FeeSchedule.Medicare;

        [Required(ErrorMessage = "Type the first day of the schedule.")]
        public DateOnly? ValidFrom { get; set; }

        [Range(0.1, 20, ErrorMessage = "0.1 to 20.")]
        public decimal Factor { get; set; } = 1;

        [Range(0.3, 3, ErrorMessage = "0.3 to 3.")]
        public decimal WorkIndex { get; set; } = 1;

        [Range(0.3, 3, ErrorMessage = "0.3 to 3.")]
        public decimal PracticeIndex { get; set; } = 1;

        [Range(0.1, 5, ErrorMessage = "0.1 to 5.")]
        public decimal MalpracticeIndex { get; set; } = 1;

        /// <summary>A contract is a payer's; it is copied from one of Medicare with a percentage.</summary>
        public static IEnumerable<SelectListItem> Kinds => new[] { FeeSchedule.Medicare,
            FeeSchedule.Charge }.Select(k => new SelectListItem(FeeSchedule.Kinds[k], k));
    }

    [HttpGet("/billing/fees/medicare")]
    [Needs(BillingPermissions.Setup)]
    public IActionResult Get()
    {
        var today = WallTime.Today(Clock, practice.Zone);
        return Page(new Form { Name = $"Medicare {today.Year}", ValidFrom = new(today.Year, 1, 1) });
    }

    [HttpPost("/billing/fees/medicare")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (!Form.Kinds.Any(k => k.Value == form.Kind))
        {
            Refuse(nameof(form.Kind), "Choose what its prices are.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        // Priced by units are status A, and R and T where they have units.
        var day = form.ValidFrom!.Value;
        var values = await db.RelativeValues.AsNoTracking()
            .Where(v => v.ValidFrom <= day && (v.ValidTo == null || v.ValidTo >= day) && v.Factor > 0
                && v.Work + v.Practice + v.PracticeFacility + v.Malpractice > 0).ToListAsync(ct);
        if (values.Count == 0)
        {
            Refuse(nameof(form.ValidFrom),
                "No relative values of that day are loaded. Load the physician fee schedule (PPRRVU) first: Codes, Load a code set.");
            return Invalid(form);
        }

        var schedule = new FeeSchedule { Name = form.Name.Trim(), Kind = form.Kind, ValidFrom = day };
        await using var write = await db.BeginWriteAsync(ct);
        db.Add(schedule);
        if (!await TrySaveAsync(db, ct))
        {
            return Invalid(form);
        }

        Fee[] fees =
        [
            .. from v in values
               from facility in new[] { false, true }
               let amount = Math.Round(v.Amount(facility, form.WorkIndex, form.PracticeIndex, form.MalpracticeIndex) * form.Factor, 2,
                   MidpointRounding.AwayFromZero)
               where amount > 0 && (!facility || v.PracticeFacility != v.Practice)
               select new Fee { ScheduleId = schedule.Id, Code = v.Code, Modifier = v.Modifier, Facility = facility,
                   Amount = Math.Min(amount, 999_999.99m) },
        ];
        await db.CopyAsync(fees, ct);
        await write.CommitAsync(ct);
        return Done($"/billing/fees/{schedule.Id}", $"{schedule.Name}: {Said.Many(fees.Length, "price")}.");
    }
}
