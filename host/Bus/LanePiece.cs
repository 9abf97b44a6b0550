namespace Modular.Host.Bus;

/// <summary>What one worker of a lane does next.</summary>
/// <param name="Queue">Null to claim from the table.</param>
public sealed record LanePiece(LaneQueue? Queue, List<InboxRow> Rows);
