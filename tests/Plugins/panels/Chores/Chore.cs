using Modular.Sdk;

namespace Modular.Panels.Chores;

/// <summary>A small duty of the house, and the queue of them in one declaration.</summary>
public sealed class Chore : IVersioned, IAtLocation, IOwned
{
    public static readonly WorkQueue<Chore> Queue = new("panels.chore", "chore", "/panels/chores", "panels.page.read")
    {
        Open = c => !c.Done,
        Urgent = c => c.Urgent,
        DueOn = c => c.DueOn,
        Title = c => $"Do {c.Text}",
        Link = c => $"/panels/chores/{c.Id}",
        Why = (c, ask) => c.DueOn < ask.Today ? $"It was due {Said.Day(c.DueOn, ask.Today)}." : $"It is due {Said.Day(c.DueOn, ask.Today)}.",
    };

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public string Text { get; set; } = "";
    public bool Urgent { get; init; }
    public DateOnly DueOn { get; set; }
    public bool Done { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
}
