using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>What was agreed with a payer: for whom, for which of its products, until when.</summary>
public sealed class PayerContract : IVersioned
{
    /// <summary>The notice is in the inbox so many days before its last day.</summary>
    public const int AlarmDays = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PayerId { get; set; }

    /// <summary>Null: for all entities.</summary>
    public Guid? EntityId { get; set; }

    /// <summary>Which of its plans: HMO, PPO, Medicare Advantage.</summary>
    public string Products { get; set; } = "";
    public DateOnly StartsOn { get; set; }

    /// <summary>The last day; null: until one side gives notice.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>It goes on for another term unless somebody gives notice.</summary>
    public bool Renews { get; set; }
    public int? NoticeDays { get; set; }
    public bool NoticeDue { get; set; }
    public string? Representative { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Note { get; set; }

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("products", "Products"), new("starts_on", "From"), new("ends_on", "Last day"), new("renews", "Renews"),
            new("notice_days", "Days of notice"),
        new("representative", "Representative"), new("phone", "Phone", TypedPhone.Show), new("email", "E-mail"), new("note", "Note"),
    ];

    /// <summary>The last day on which notice can be given.</summary>
    public DateOnly? NoticeBy => EndsOn is { } ends && NoticeDays is { } days ? ends.AddDays(-days) : null;

    /// <summary>A contract that renews by itself holds past its last day.</summary>
    public bool On(DateOnly day) => StartsOn <= day && (EndsOn is null || Renews || EndsOn >= day);

    /// <summary>Before the last day for notice, not after: then it is too late, and the next term's day is typed.</summary>
    public bool AlarmOn(DateOnly day) => NoticeBy is { } by && by.AddDays(-AlarmDays) <= day && day <= by;

    public static TaskEntry? Task(PayerContract contract) => !contract.NoticeDue || contract.NoticeBy is not { } by ? null : new(
        contract.Renews ? $"Decide on the payer contract for {contract.Products}: it renews on {contract.EndsOn:MM/dd/yyyy}"
            : $"Renew the payer contract for {contract.Products}: it ends on {contract.EndsOn:MM/dd/yyyy}",
        $"/billing/payers/contract/{contract.Id}", BillingPermissions.Setup, Role: Roles.Manager)
    {
        DueOn = by,
    };
}
