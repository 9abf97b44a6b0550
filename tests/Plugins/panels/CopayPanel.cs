using Microsoft.EntityFrameworkCore;
using Modular.Panels.Chores;
using Modular.Sdk;

namespace Modular.Panels;

/// <summary>What a patient paid at the desk.</summary>
public sealed class Copay : IVersioned, IOfPatient
{
    /// <summary>Receipts hang on it.</summary>
    public static readonly RecordKind<Copay> Record = new("panels.copay", "copay", "panels.page.read", "panels.page.read")
    {
        Name = c => $"Copay of {c.Amount}", Link = c => $"/panels/copays/{c.Id}", MayChange = c => c.Amount != 0, Attachments = new(KeepRemovedDays: 7),
    };

    /// <summary>A copay that was not paid is asked for by phone.</summary>
    public static ContactEntry? Asked(Copay c) => c.Amount < 500 ? null : new(
        DateTimeOffset.UnixEpoch, ContactWay.Phone, "The payer", "Large copay", ContactOutcome.Promised, "Desk", $"/panels/copays/{c.Id}", [ContactSubject.Of(Record, c)])
    {
        NextOn = new(2026, 1, 5),
    };

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid VisitId { get; init; }
    public required string Place { get; init; }
    public required decimal Amount { get; init; }
    public Guid? PatientId { get; set; }
}

public sealed class PanelsDb(ModuleDbContext<PanelsDb> context) : ModuleDb(context)
{
    public DbSet<Copay> Copays => Set<Copay>();
    public DbSet<Chore> Chores => Set<Chore>();

    protected override void Map(ModelBuilder model) => model.Entity<Copay>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["copays_by_program"] = new(nameof(Copay.VisitId), "A program took the copay of this visit already."),
    };
}

/// <summary>A field of this module in the form of the desk. More than 500 is refused, and exactly 13 fails, each after it was written.</summary>
public sealed class CopayPanel(PanelsDb db) : ISlotForm<CopayPanel.Form>
{
    public sealed class Form
    {
        public decimal? Amount { get; set; }
    }

    /// <summary>Before a visit is booked there is none yet; everywhere else the place must know it.</summary>
    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) =>
        Task.FromResult(context.VisitId is null && context.Slot != "scheduling.book" ? null : new PanelView("Copay", "Pages/_Copay", new Form()));

    public async Task<IReadOnlyList<SlotRefusal>> TakeAsync(SlotContext context, Form form, CancellationToken ct)
    {
        if (form.Amount is not { } amount)
        {
            return [];
        }

        db.Add(new Copay { VisitId = context.VisitId!.Value, PatientId = context.Id, Place = context.Slot, Amount = amount });
        await db.SaveChangesAsync(ct);
        return amount == 13 ? throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931")
            : amount > 500 ? [new(nameof(form.Amount), "A copay is at most $500.")] : [];
    }
}
