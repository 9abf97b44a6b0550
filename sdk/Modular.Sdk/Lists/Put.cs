using System.Linq.Expressions;

namespace Modular.Sdk;

/// <summary>One expression in the place of another: what is declared by column becomes one condition.</summary>
internal sealed class Put : ExpressionVisitor
{
    private readonly Expression from;
    private readonly Expression to;

    private Put(Expression from, Expression to) => (this.from, this.to) = (from, to);

    public static Expression In(Expression whole, Expression from, Expression to) => new Put(from, to).Visit(whole)!;

    public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
}
