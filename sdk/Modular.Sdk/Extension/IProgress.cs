namespace Modular.Sdk;

/// <summary>Long work with progress that people watch, such as an import.</summary>
public interface IProgress
{
    /// <summary>Begins a piece of work in the current write.</summary>
    /// <param name="title">What people read: "Importing patients.csv".</param>
    /// <param name="link">The page of its result.</param>
    Task<Guid> BeginAsync(string title, string link, long total, CancellationToken ct = default);

    /// <summary>Reports progress with the current write; pages that watch are told.</summary>
    Task ReportAsync(Guid work, long done, CancellationToken ct = default);

    Task EndAsync(Guid work, string result, bool failed = false, CancellationToken ct = default);

    /// <summary>True when a person asked to stop; checked between steps.</summary>
    Task<bool> IsCanceledAsync(Guid work, CancellationToken ct = default);
}
