namespace Modular.Sdk;

/// <summary>
/// A panel with fields of its own in the form of the page it stands in, such as a copay at check-in. The page's form is posted with them: what they
/// say is taken in the transaction of the page's own write, or refused beside its field, and then nothing of either is saved. At a place that stands
/// in no form, such as <c>scheduling.visit</c>, the panel has a form of its own with the same promise.
/// </summary>
/// <typeparam name="TForm">What is typed; the model of the panel's view, whose fields the host gives names of their own.</typeparam>
/// <example><code>
/// public sealed class CopayPanel(BillingDb db) : ISlotForm&lt;CopayPanel.Form&gt; { … }
/// …
/// module.Slot&lt;CopayPanel&gt;("scheduling.check-in", BillingPermissions.Take)
/// </code></example>
public interface ISlotForm<TForm> : ISlotForm where TForm : class, new()
{
    /// <summary>Writes what was typed, in the scope and the transaction of the page; called when the panel's fields were posted and could be read.</summary>
    /// <returns>What cannot be taken, each with the name of its property; empty when all was.</returns>
    Task<IReadOnlyList<SlotRefusal>> TakeAsync(SlotContext context, TForm form, CancellationToken ct);

    Type ISlotForm.Form => typeof(TForm);

    Task<IReadOnlyList<SlotRefusal>> ISlotForm.TakeAsync(SlotContext context, object form, CancellationToken ct) =>
        TakeAsync(context, (TForm)form, ct);
}

/// <summary>For the host; modules implement <see cref="ISlotForm{TForm}"/>.</summary>
public interface ISlotForm : ISlotPanel
{
    Type Form { get; }

    Task<IReadOnlyList<SlotRefusal>> TakeAsync(SlotContext context, object form, CancellationToken ct);
}

/// <param name="Field">Name of the form's property; empty for all of it.</param>
/// <param name="Sentence">For the person who typed it.</param>
public sealed record SlotRefusal(string Field, string Sentence);
