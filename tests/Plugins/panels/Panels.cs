using System.Collections.Concurrent;
using Modular.Sdk;

namespace Modular.Panels;

public sealed class QuickPanel(IPractice practice, IAccessLog accesses) : ISlotPanel
{
    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        accesses.Viewed(context.Id, "quick panel");
        return Task.FromResult<PanelView?>(new("Quick", "Pages/_Body", $"quick at {practice.Name}", "/panels"));
    }
}

public sealed class SecretPanel : ISlotPanel
{
    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) => Task.FromResult<PanelView?>(new("Secret", "Pages/_Body", "the secret"));
}

/// <summary>Ids that end with 1 are slow at their first call, with 2 fail, with 3 have a view that fails; others work.</summary>
public sealed class MoodyPanel : ISlotPanel
{
    private static readonly ConcurrentDictionary<Guid, bool> Seen = new();

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var mood = context.Id.ToString()[^1];
        if (mood == '1' && Seen.TryAdd(context.Id, true))
        {
            await Task.Delay(Timeout.Infinite, ct);
        }

        return mood switch
        {
            '2' => throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931"),
            '3' => new("Moody", "Pages/_Missing", null),
            _ => new("Moody", "Pages/_Body", "moody works"),
        };
    }
}

public sealed class RowMarks : IListSlot
{
    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>>(ids.ToDictionary(id => id, id => (IReadOnlyList<Mark>)[new($"{ids.Count} at once", "warn")]));
}

public sealed class CountWidget : IWidget
{
    public Task<WidgetView?> LoadAsync(CancellationToken ct) => Task.FromResult<WidgetView?>(new("12", "to look at", "/panels", "warn", Trend: [1, 4, 12]));
}
