namespace Modular.Sdk;

/// <summary>Who saw which patient, where and why. Every page that shows patient data writes here; the host chains the rows.</summary>
public interface IAccessLog
{
    /// <param name="what">The page or document in the office's words: "chart", "coverage card".</param>
    /// <param name="reason">Why, when the person was asked.</param>
    void Viewed(Guid patientId, string what, string? reason = null);

    /// <summary>One entry for a list that showed several patients.</summary>
    void Listed(IReadOnlyCollection<Guid> patientIds, string what);

    /// <summary>Something about a patient whom nobody has named yet: a fax before it is filed.</summary>
    /// <param name="rowId">The row that was shown; what becomes of it is in the change log under this id.</param>
    void Opened(Guid rowId, string what);
}
