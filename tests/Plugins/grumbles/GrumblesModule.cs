using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Plugins.Grumbles;

/// <summary>A module that starts well, and whatever it does then goes wrong; only its native library works.</summary>
public sealed class GrumblesModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Permission("grumbles.page.read", "See its pages", Roles.FrontDesk, Roles.Manager)
        .Slot<ThrowingPanel>("panels.page", "grumbles.page.read", 5)
        .Slot<EndlessPanel>("panels.page", "grumbles.page.read", 6)
        .Widget<ThrowingWidget>("Throws", "grumbles.page.read")
        .Widget<EndlessWidget>("Never ends", "grumbles.page.read")
        .Job<NightlyGrumble>("grumbles.nightly", "Grumble", "0 0 3 * * ?");
}

public sealed class ThrowingPanel : ISlotPanel
{
    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) => throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931");
}

/// <summary>Does not even listen when it is told to stop.</summary>
public sealed class EndlessPanel : ISlotPanel
{
    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) => new TaskCompletionSource<PanelView?>().Task;
}

public sealed class ThrowingWidget : IWidget
{
    public Task<WidgetView?> LoadAsync(CancellationToken ct) => throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931");
}

public sealed class EndlessWidget : IWidget
{
    public Task<WidgetView?> LoadAsync(CancellationToken ct) => new TaskCompletionSource<WidgetView?>().Task;
}

[Message("grumbles.nightly.v1", OneHandler = true)]
public sealed record NightlyGrumble;

public static class NightlyGrumbleHandler
{
    public static Task HandleAsync(NightlyGrumble message) => throw new InvalidOperationException("Not tonight: Zqcanary Vale, born 1931");
}

/// <summary>Fails for ever at a message that others handle well.</summary>
public static class RoomChangedHandler
{
    public static Task HandleAsync(RoomChanged room) => throw new InvalidOperationException("Not this room: Zqcanary Vale, born 1931");
}

public sealed partial class ReadProcess : Slice
{
    [HttpGet("/grumbles/process")]
    [Needs("grumbles.page.read")]
    public IActionResult Get() => Content(Native() == Environment.ProcessId ? "the native library works" : "it does not");

    [HttpGet("/grumbles/throws")]
    [Needs("grumbles.page.read")]
    public IActionResult Throws() => throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931");

    [LibraryImport("grumbles", EntryPoint = "SystemNative_GetPid")]
    private static partial int Native();
}
