namespace Modular.Sdk;

/// <summary>What other modules say about the rows of a list, all rows at once.</summary>
/// <example><code>var marks = await marks.OfAsync("patient.marks", [.. page.Rows.Select(r =&gt; r.PatientId)], ct);</code></example>
public interface IMarks
{
    /// <param name="slot">The place that modules declared with <see cref="ModuleBuilder.ListSlot{TMarks}"/>.</param>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> OfAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct = default);
}
