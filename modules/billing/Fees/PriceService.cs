using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>Adds a price to a schedule, or changes one.</summary>
public sealed class PriceService(BillingDb db) : Slice
{
    public sealed class Form : IEditForm<Fee>
    {
        public int Version { get; set; }
        public string? Code { get; set; }
        public string? Modifier { get; set; }
        public bool Facility { get; set; }
        public string? Amount { get; set; }

        public void Show(Fee f) => (Code, Modifier, Facility, Amount) = (f.Code, f.Modifier, f.Facility, $"{f.Amount:0.00}");

        public void Write(Fee fee, Reading read)
        {
            fee.Code = Service(nameof(Code), Code, read);
            fee.Modifier = ModifierOf(nameof(Modifier), Modifier, read);
            fee.Facility = Facility;
            if (read.Money(nameof(Amount), Amount) is { } amount)
            {
                fee.Amount = Math.Round(amount, 2, MidpointRounding.AwayFromZero);
            }
            else if (string.IsNullOrWhiteSpace(Amount))
            {
                read.Refuse(nameof(Amount), "Type the price of one unit.");
            }
        }

        internal static string Service(string field, string? typed, Reading read)
        {
            var code = CodeSystems.Plain(typed ?? "");
            if (code.Length != 5 || !code.All(char.IsAsciiLetterOrDigit))
            {
                read.Refuse(field, code.Length == 0 ? "Type the code of the service."
                    : $"“{CodeLine.Cut(code, 20)}” is no CPT or HCPCS code; it has five characters.");
            }

            return code;
        }

        internal static string ModifierOf(string field, string? typed, Reading read)
        {
            var modifier = CodeSystems.Plain(typed ?? "");
            if (modifier.Length is not (0 or 2) || !modifier.All(char.IsAsciiLetterOrDigit))
            {
                read.Refuse(field, $"“{CodeLine.Cut(modifier, 20)}” is no modifier; it has two characters.");
            }

            return modifier;
        }
    }

    [HttpGet("/billing/fees/price/{schedule:guid}/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid schedule, Guid? id, CancellationToken ct) => await ThereAsync(schedule, ct) ? await Row(schedule)
        .ShowAsync(id, ct) : NotFound();

    [HttpPost("/billing/fees/price/{schedule:guid}/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid schedule, Guid? id, Form form, CancellationToken ct) => await ThereAsync(schedule, ct)
        ? await Row(schedule).SaveAsync(id, form, ct) : NotFound();

    private Task<bool> ThereAsync(Guid schedule, CancellationToken ct) => db.FeeSchedules.AnyAsync(s => s.Id == schedule, ct);

    private Edit<Fee, Form> Row(Guid schedule) => new(this, db)
    {
        What = "price",
        Rows = db.Fees.Where(f => f.ScheduleId == schedule),
        New = () => new() { ScheduleId = schedule, Code = "" },
        Saved = fee =>
            Done($"/billing/fees/{schedule}", $"{fee.Code}{(fee.Modifier.Length > 0 ? $"-{fee.Modifier}" : "")}: {Said.Money(fee.Amount)}."),
    };
}
